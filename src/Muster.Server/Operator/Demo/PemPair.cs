using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Muster.Server.Storage;

namespace Muster.Server.Operator.Demo;

/// <summary>A certificate with its chain in one PEM file, and its key in another that only the owner reads.</summary>
internal sealed record PemPair(string CertificatePath, string KeyPath)
{
    public static PemPair In(string folder, string name) =>
        new(Path.Combine(folder, $"{name}.pem"), Path.Combine(folder, $"{name}-key.pem"));

    public void Write(AsymmetricAlgorithm key, params ReadOnlySpan<X509Certificate2> chain)
    {
        var text = "";
        foreach (var certificate in chain)
        {
            text += certificate.ExportCertificatePem() + "\n";
        }

        WholeFile.Write(KeyPath, key.ExportPkcs8PrivateKeyPem() + "\n", secret: true);
        WholeFile.Write(CertificatePath, text);
    }

    public X509Certificate2 Open() => X509Certificate2.CreateFromPemFile(CertificatePath, KeyPath);

    /// <summary>Whether both files can be read and belong together.</summary>
    public bool IsWhole()
    {
        try
        {
            using var pair = Open();
            return pair.HasPrivateKey;
        }
        catch (Exception unreadable) when (unreadable is IOException or CryptographicException or ArgumentException)
        {
            return false;
        }
    }
}

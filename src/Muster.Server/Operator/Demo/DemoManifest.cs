using System.Text.Json;
using Muster.Server.Storage;

namespace Muster.Server.Operator.Demo;

/// <summary>A user certificate of the demo: certificate and chain, its key, and both together for a browser.</summary>
internal sealed record DemoCertificate(
    string Name,
    string PurposeKey,
    int? MemberNumber,
    string Subject,
    string Email,
    string PemPath,
    string KeyPath,
    string P12Path
)
{
    public bool IsFor(DemoRole role) =>
        string.Equals(Name, role.Name, StringComparison.Ordinal)
        && string.Equals(Subject, role.Subject, StringComparison.Ordinal)
        && string.Equals(Email, role.Email, StringComparison.Ordinal)
        && MemberNumber == role.MemberNumber;

    public DemoCertificate In(string folder) =>
        this with
        {
            PemPath = Path.Combine(folder, PemPath),
            KeyPath = Path.Combine(folder, KeyPath),
            P12Path = Path.Combine(folder, P12Path),
        };
}

/// <summary>What is in <c>certificates/</c>; written last, so that its presence means that everything it names is complete.</summary>
internal sealed record DemoManifest(
    DateTimeOffset UsableUntil,
    DateTimeOffset RevocationListsUntil,
    string Password,
    IReadOnlyList<DemoCertificate> Certificates
)
{
    static readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static DemoManifest? Read(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<DemoManifest>(File.ReadAllBytes(path), json) : null;
        }
        catch (JsonException)
        {
            return null; // not ours, or of another version: made anew
        }
    }

    public void Write(string path) => WholeFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(this, json));
}

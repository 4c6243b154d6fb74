using System.Runtime.InteropServices;
using System.Security.Cryptography.X509Certificates;
using Muster.Core.X509;

namespace Muster.Server.Web;

/// <summary>
/// Lets RFC 3820 proxies through the platform's TLS, so that their holder reads a sentence. Without it the library below refuses a proxy with a
/// code the platform does not know, and the connection dies before anybody is asked (decision 0007).
/// </summary>
internal static partial class ProxyHandshakes
{
    private const string Library = "libcrypto.so.3";

    /// <summary>The name under which the library looks up its own defaults; one of ours in the table comes first.</summary>
    private const string DefaultSet = "default";
    private const uint AllowProxyCertificates = 0x40;
    private const uint TrustedFirst = 0x8000; // as in the library's own set
    private const int Depth = 100; // as in the library's own set; without it every chain is too long

    private static readonly Lock once = new();
    private static bool? allowed;

    /// <summary>False where the library is another one; then a proxy ends in a closed connection, as the page on it says.</summary>
    public static bool Allow()
    {
        lock (once)
            return allowed ??= Add();
    }

    /// <summary>
    /// Whether a server that we called has shown a proxy. The allowance above holds for the whole process, so every outgoing connection asks this: a
    /// person's proxy can carry any name at its end, also that of a mail server.
    /// </summary>
    public static bool IsProxyIn(X509Chain? chain) =>
        chain is null
        || chain.ChainElements.Any(e => !ClientCertificate.Parse(e.Certificate.RawData).TryGet(out var c, out _) || c.Proxy is not null);

    private static bool Add()
    {
        try
        {
            var set = New();
            if (set == 0 || SetName(set, DefaultSet) != 1 || SetFlags(set, AllowProxyCertificates | TrustedFirst) != 1)
                return false;
            SetDepth(set, Depth);
            return AddToTable(set) == 1; // which owns it from now on
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport(Library, EntryPoint = "X509_VERIFY_PARAM_new")]
    private static partial nint New();

    [LibraryImport(Library, EntryPoint = "X509_VERIFY_PARAM_set1_name", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetName(nint set, string name);

    [LibraryImport(Library, EntryPoint = "X509_VERIFY_PARAM_set_flags")]
    private static partial int SetFlags(nint set, nuint flags);

    [LibraryImport(Library, EntryPoint = "X509_VERIFY_PARAM_set_depth")]
    private static partial void SetDepth(nint set, int depth);

    [LibraryImport(Library, EntryPoint = "X509_VERIFY_PARAM_add0_table")]
    private static partial int AddToTable(nint set);
}

using System.Net.Security;
using System.Runtime.InteropServices;
using System.Security.Cryptography.X509Certificates;
using Muster.Core.X509;

namespace Muster.Server.Web;

/// <summary>
/// What the platform's TLS does not do by itself, so that whoever brings an odd certificate reads a sentence (decision 0007): proxies of RFC 3820 are
/// let through, the library's own judgement inside the handshake is kept from noting errors, and what the platform's chain building notes is
/// forgotten; with an error noted, a handshake that succeeded counts as failed.
/// </summary>
internal static partial class TlsLibrary
{
    private const string Library = "libcrypto.so.3";

    /// <summary>The name under which the library looks up its own defaults; one of ours in the table comes first.</summary>
    private const string DefaultSet = "default";

    /// <summary>What the library itself uses inside the handshake, for a judgement that nobody asks for.</summary>
    private const string ClientSet = "ssl_client";
    private const int NoDepth = -1; // no issuer is looked for, so no signature is found wrong
    private const uint Overwrite = 0x2;
    private const uint AllowProxyCertificates = 0x40;
    private const uint TrustedFirst = 0x8000; // as in the library's own set
    private const int Depth = 100; // as in the library's own set; without it every chain is too long

    private static readonly Lock once = new();
    private static bool? allowed;

    /// <summary>False where the library is another one; then a proxy ends in a closed connection, as the page on it says.</summary>
    public static bool AllowProxies()
    {
        lock (once)
            return allowed ??= Add();
    }

    /// <summary>
    /// To be called after the chain was built: what the library noted meanwhile lies in a list of this thread, and the next thing that this thread does
    /// for any connection would be taken as failed.
    /// </summary>
    public static void ForgetErrors()
    {
        if (allowed == true)
            ClearErrors();
    }

    /// <summary>
    /// Whether to go on with a server that we called: as the platform says, and never with one that shows a proxy. The allowance above holds for the whole process, so every outgoing connection asks this: a
    /// person's proxy can carry any name at its end, also that of a mail server.
    /// </summary>
    public static bool Accepts(X509Chain? chain, SslPolicyErrors errors) =>
        errors == SslPolicyErrors.None
        && chain is not null
        && !chain.ChainElements.Any(e => !ClientCertificate.Parse(e.Certificate.RawData).TryGet(out var c, out _) || c.Proxy is not null);

    private static bool Add()
    {
        try
        {
            return Add(DefaultSet, Depth, inheritance: 0) && Add(ClientSet, NoDepth, Overwrite);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    private static bool Add(string name, int depth, uint inheritance)
    {
        var set = New();
        if (set == 0 || SetName(set, name) != 1 || SetFlags(set, AllowProxyCertificates | TrustedFirst) != 1)
            return false;
        SetDepth(set, depth);
        return SetInheritance(set, inheritance) == 1 && AddToTable(set) == 1; // which owns it from now on
    }

    [LibraryImport(Library, EntryPoint = "ERR_clear_error")]
    private static partial void ClearErrors();

    [LibraryImport(Library, EntryPoint = "X509_VERIFY_PARAM_new")]
    private static partial nint New();

    [LibraryImport(Library, EntryPoint = "X509_VERIFY_PARAM_set1_name", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetName(nint set, string name);

    [LibraryImport(Library, EntryPoint = "X509_VERIFY_PARAM_set_flags")]
    private static partial int SetFlags(nint set, nuint flags);

    [LibraryImport(Library, EntryPoint = "X509_VERIFY_PARAM_set_depth")]
    private static partial void SetDepth(nint set, int depth);

    [LibraryImport(Library, EntryPoint = "X509_VERIFY_PARAM_set_inh_flags")]
    private static partial int SetInheritance(nint set, uint flags);

    [LibraryImport(Library, EntryPoint = "X509_VERIFY_PARAM_add0_table")]
    private static partial int AddToTable(nint set);
}

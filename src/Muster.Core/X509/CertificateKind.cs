using System.Text.RegularExpressions;

namespace Muster.Core.X509;

/// <summary>What a certificate stands for. Proxies are told by their extensions; hosts and robots by the customs of the IGTF.</summary>
public enum CertificateKind
{
    Person,
    Host,
    Robot,

    /// <summary>A certificate authority (basicConstraints cA).</summary>
    Authority,

    /// <summary>RFC 3820, extension 1.3.6.1.5.5.7.1.14.</summary>
    RfcProxy,

    /// <summary>The draft before RFC 3820 ("GT3"), extension 1.3.6.1.4.1.3536.1.222.</summary>
    DraftProxy,

    /// <summary>No extension; the issuer's subject and <c>CN=proxy</c> or <c>CN=limited proxy</c> ("GT2").</summary>
    LegacyProxy,
}

/// <summary>Recognises hosts and robots by what their certificates say.</summary>
internal static partial class CertificateKinds
{
    // EUGridPMA object identifiers: entity definition "robot" (1.2.840.113612.5.2.3.3.1).
    private const string RobotPolicy = "1.2.840.113612.5.2.3.3.1";

    public static bool IsProxy(this CertificateKind kind) =>
        kind is CertificateKind.RfcProxy or CertificateKind.DraftProxy or CertificateKind.LegacyProxy;

    public static CertificateKind OfEndEntity(IReadOnlyList<string> commonNames, CertificateExtensions extensions, bool hasEmail)
    {
        if (commonNames.Any(name => RobotName().IsMatch(name)) || extensions.Policies.Contains(RobotPolicy, StringComparer.Ordinal))
        {
            return CertificateKind.Robot;
        }

        var isHost = commonNames.Any(name =>
            ServiceName().IsMatch(name)
            || extensions.DnsNames.Contains(name, StringComparer.OrdinalIgnoreCase)
            || (!hasEmail && HostName().IsMatch(name))
        );
        return isHost ? CertificateKind.Host : CertificateKind.Person;
    }

    [GeneratedRegex(
        @"^\s*robot\s*[:\-–]",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex RobotName();

    [GeneratedRegex(
        @"^[a-z][a-z0-9_-]{0,30}/[a-z0-9-]+(\.[a-z0-9-]+)+$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex ServiceName();

    // Three labels at least: "maria.rossi" is a person's log-in name.
    [GeneratedRegex(
        @"^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+){1,8}\.[a-z]{2,}$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex HostName();
}

namespace Muster.Server.Web;

/// <summary>What the portal is called, where it answers, and whom people turn to.</summary>
internal sealed class PortalOptions
{
    public const string Section = "Portal";

    /// <summary>The collaboration's name as people write it.</summary>
    public string Collaboration { get; set; } = "The collaboration";

    /// <summary>Address of the helpdesk, named at every dead end.</summary>
    public string Contact { get; set; } = "helpdesk@localhost";

    /// <summary>Where the portal answers without asking for a certificate; links in mails begin with it.</summary>
    public string Origin { get; set; } = "https://localhost:8443";

    /// <summary>Where a client certificate is asked for, never demanded.</summary>
    public string CertificateOrigin { get; set; } = "https://localhost:8444";

    /// <summary>Address to listen on; ports come from the two origins.</summary>
    public string ListenAddress { get; set; } = "127.0.0.1";

    /// <summary>PEM file: the server's certificate, then its chain.</summary>
    public string TlsCertificate { get; set; } = "";

    /// <summary>PEM file: the server's private key.</summary>
    public string TlsKey { get; set; } = "";

    /// <summary>Folder of trust anchors in the grid's layout.</summary>
    public string TrustFolder { get; set; } = "/etc/grid-security/certificates";

    /// <summary>How many certificates one network may send in to the open check within a minute; what a browser presents is not counted.</summary>
    public int ChecksPerMinute { get; set; } = 30;

    /// <summary>Shows a page with every mail that was sent. For demonstrations only.</summary>
    public bool ShowMailbox { get; set; }

    public Uri OriginUri => new(Origin);

    public Uri CertificateOriginUri => new(CertificateOrigin);

    public string Link(string path) => Origin.TrimEnd('/') + path;

    public string CertificateLink(string path) => CertificateOrigin.TrimEnd('/') + path;

    public IEnumerable<string> Problems()
    {
        foreach (var (name, value) in new[] { (nameof(Origin), Origin), (nameof(CertificateOrigin), CertificateOrigin) })
            if (!Uri.TryCreate(value, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps || uri.PathAndQuery != "/")
                yield return $"Portal:{name} is '{value}'; it must be an https origin without a path";
        if (Origin == CertificateOrigin)
            yield return "Portal:Origin and Portal:CertificateOrigin must differ: one asks for a certificate, the other never does";
        if (!System.Net.IPAddress.TryParse(ListenAddress, out _))
            yield return $"Portal:ListenAddress is '{ListenAddress}'; it must be an IP address";
        if (!File.Exists(TlsCertificate))
            yield return $"Portal:TlsCertificate is '{TlsCertificate}'; there is no such file";
        if (!File.Exists(TlsKey))
            yield return $"Portal:TlsKey is '{TlsKey}'; there is no such file";
        if (ChecksPerMinute is < 1 or > 6_000)
            yield return $"Portal:ChecksPerMinute is {ChecksPerMinute}; it must be between 1 and 6000";
        if (!Contact.Contains('@', StringComparison.Ordinal))
            yield return $"Portal:Contact is '{Contact}'; it must be an e-mail address";
    }
}

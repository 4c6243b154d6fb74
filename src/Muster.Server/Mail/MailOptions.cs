namespace Muster.Server.Mail;

/// <summary>How mail leaves the house.</summary>
internal sealed class MailOptions
{
    public const string Section = "Mail";

    /// <summary>Host of the relay; empty means that mail is written to files in the data folder.</summary>
    public string SmtpHost { get; set; } = "";

    public int SmtpPort { get; set; } = 25;

    /// <summary><c>none</c>, <c>starttls</c> or <c>tls</c>.</summary>
    public string SmtpSecurity { get; set; } = "starttls";

    public string SmtpUser { get; set; } = "";

    /// <summary>File that holds the relay's password, so that it stands in no configuration.</summary>
    public string SmtpPasswordFile { get; set; } = "";

    /// <summary>Sender; its domain signs (DKIM) and makes the message ids.</summary>
    public string From { get; set; } = "muster@localhost";

    public string FromName { get; set; } = "";

    public IEnumerable<string> Problems()
    {
        if (!MimeKit.MailboxAddress.TryParse(From, out _))
            yield return $"Mail:From is '{From}'; it must be an e-mail address";
        if (SmtpPort is < 1 or > 65535)
            yield return $"Mail:SmtpPort is {SmtpPort}; it must lie between 1 and 65535";
        if (SmtpSecurity is not ("none" or "starttls" or "tls"))
            yield return $"Mail:SmtpSecurity is '{SmtpSecurity}'; known are 'none', 'starttls' and 'tls'";
        if (SmtpPasswordFile.Length > 0 && !File.Exists(SmtpPasswordFile))
            yield return $"Mail:SmtpPasswordFile is '{SmtpPasswordFile}'; there is no such file";
    }
}

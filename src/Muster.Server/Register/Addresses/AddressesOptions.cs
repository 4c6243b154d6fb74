using Muster.Core;
using Muster.Core.Addresses;
using Muster.Core.Members;

namespace Muster.Server.Register.Addresses;

/// <summary>E-mail addresses of members, and those that the collaboration gives them.</summary>
internal sealed class AddressesOptions
{
    public const string Section = "Addresses";

    /// <summary>Octets of a domain that leave room for every local part: RFC 5321 §4.5.3.1.1 and §4.5.3.1.3.</summary>
    private const int LongestDomain = EmailAddress.MaxLength - LocalPart.MaxLength - 1;

    /// <summary>What stands behind the @ of the collaboration's addresses; empty where it gives none.</summary>
    public string Domain { get; set; } = "";

    /// <summary>Local parts that nobody gets, beside the shipped ones.</summary>
    public List<string> Reserved { get; set; } = [];

    /// <summary>How long the link to a new address is good.</summary>
    public TimeSpan LinkLifetime { get; set; } = TimeSpan.FromDays(2);

    /// <summary>Between two mails of one member to the same new address.</summary>
    public TimeSpan ResendPause { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>To the same new address for one request, the first among them, and within a day, whoever asks.</summary>
    public int MostMails { get; set; } = 5;

    /// <summary>New addresses of one member that wait at once.</summary>
    public int MostOpen { get; set; } = 5;

    /// <summary>New addresses that one member may ask for within a day; and changes of the primary one.</summary>
    public int MostPerDay { get; set; } = 10;

    /// <summary>How long whoever reads the old primary address can stop its change.</summary>
    public TimeSpan StopWithin { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How long mail is delivered after the last day of the last membership.</summary>
    public int GraceDays { get; set; } = 90;

    /// <summary>Where the table for the mail server is kept true; empty means nowhere.</summary>
    public string TableFile { get; set; } = "";

    public bool GivesAddresses => Domain.Length > 0;

    /// <summary>As mail servers write it.</summary>
    public string AsciiDomain => EmailAddress.AsciiDomain(Domain) ?? "";

    public LocalPartRules Rules => LocalPartRules.With(Reserved);

    public AddressRequestRules Requests => new(LinkLifetime, ResendPause, MostMails, MostOpen, MostPerDay);

    /// <summary>The mailbox behind an address of the domain must lie elsewhere: mail would go in a circle.</summary>
    /// <returns>Null, or <c>address.own-domain</c>.</returns>
    public Refusal? RefusesMailbox(EmailAddress address) =>
        GivesAddresses && address.Domain == AsciiDomain ? Refusal.With("address.own-domain", Domain) : null;

    public IEnumerable<string> Problems()
    {
        if (GivesAddresses && (AsciiDomain.Length == 0 || AsciiDomain.Length > LongestDomain))
            yield return $"Addresses:Domain is '{Domain}'; it must be a domain name of at most {LongestDomain} characters";
        if (Reserved.Any(string.IsNullOrWhiteSpace))
            yield return "Addresses:Reserved holds an empty local part";
        if (LinkLifetime < TimeSpan.FromMinutes(10) || LinkLifetime > TimeSpan.FromDays(30))
            yield return $"Addresses:LinkLifetime is {LinkLifetime}; it must lie between 10 minutes and 30 days";
        if (ResendPause < TimeSpan.Zero || ResendPause >= LinkLifetime)
            yield return $"Addresses:ResendPause is {ResendPause}; it must be shorter than the link lives";
        if (MostMails is < 1 or > 100 || MostOpen is < 1 or > 100 || MostPerDay is < 1 or > 1_000)
            yield return "Addresses:MostMails and Addresses:MostOpen must lie between 1 and 100, Addresses:MostPerDay between 1 and 1000";
        if (StopWithin < TimeSpan.FromHours(1) || StopWithin > TimeSpan.FromDays(30))
            yield return $"Addresses:StopWithin is {StopWithin}; it must lie between an hour and 30 days";
        if (GraceDays is < 0 or > 3_650)
            yield return $"Addresses:GraceDays is {GraceDays}; it must lie between 0 and 3650";
        if (TableFile.Length > 0 && !GivesAddresses)
            yield return "Addresses:TableFile names a file, but Addresses:Domain is empty";
        if (TableFile.Length > 0 && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(TableFile))))
            yield return $"Addresses:TableFile is '{TableFile}'; its folder does not exist";
    }
}

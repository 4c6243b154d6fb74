using Muster.Core.Accounts;

namespace Muster.Server.Register;

/// <summary>What the collaboration decides about its register.</summary>
internal sealed class RegisterOptions
{
    public const string Section = "Register";

    private static readonly string[] shippedPositions =
    [
        "student",
        "postdoc",
        "staff",
        "professor",
        "engineer",
        "technician",
        "guest",
        "emeritus",
        "administration",
    ];

    /// <summary>What somebody can be at an institute, in the order of lists; empty means the shipped ones.</summary>
    public List<string> Positions { get; set; } = [];

    /// <summary>What the laboratory calls the experiment, for author lists, such as <c>KEK-BF-BELLE-II</c>; empty where it has no such name.</summary>
    public string? ExperimentNumber { get; set; }

    public IReadOnlyList<string> AllPositions => Positions.Count > 0 ? Positions : shippedPositions;

    /// <summary>Share of the active members, 1 to 100, above which an import that changes so many needs a second word.</summary>
    public int BulkBrakePercent { get; set; } = 10;

    /// <summary>Days before the last day of a membership at which its holder, and who speaks for the institute, are told; empty means 30, 7 and 1.</summary>
    public List<int> EndWarnDays { get; set; } = [];

    /// <summary>Days for which an account works after the end of its holder's last membership.</summary>
    public int GraceDays { get; set; } = ExpiryRules.Default.GraceDays;

    /// <summary>Days at least between the word that the grace began and its end, however late the end is written down.</summary>
    public int GraceNoticeDays { get; set; } = ExpiryRules.Default.NoticeDays;

    public ExpiryRules Expiry => new(EndWarnDays.Count > 0 ? EndWarnDays : ExpiryRules.Default.WarnDays, GraceDays, GraceNoticeDays);

    public IEnumerable<string> Problems()
    {
        if (EndWarnDays.Any(d => d is < 0 or > 365))
            yield return "Register:EndWarnDays must lie between 0 and 365";
        if (GraceDays is < 0 or > 3_650)
            yield return "Register:GraceDays must lie between 0 and 3650";
        if (GraceNoticeDays is < 0 or > 365)
            yield return "Register:GraceNoticeDays must lie between 0 and 365";
        if (BulkBrakePercent is < 1 or > 100)
            yield return "Register:BulkBrakePercent is a share from 1 to 100";
        if (Positions.Any(p => string.IsNullOrWhiteSpace(p) || p.Length > 60))
            yield return "Register:Positions holds an empty position, or one of more than 60 characters";
        if (Positions.Distinct(StringComparer.Ordinal).Count() != Positions.Count)
            yield return "Register:Positions names a position twice";
    }
}

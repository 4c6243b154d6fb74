using Muster.Core.Institutes;
using Muster.Core.Members;

namespace Muster.Core.Imports;

/// <summary>What a file stands for.</summary>
public enum ImportMode
{
    /// <summary>What is to be added and changed; who is not in it stays as they are.</summary>
    Changes,

    /// <summary>Everybody: who is active in the register and not in the file leaves, and so does a membership that is not in it.</summary>
    WholeList,
}

/// <summary>What the plan of an import depends on beside file and register.</summary>
/// <param name="Positions">Those the collaboration has.</param>
/// <param name="BrakePercent">Share of the active members, 0 to 100, above which a change of so many needs a second word.</param>
public sealed record ImportRules(ImportMode Mode, DateOnly Today, IReadOnlyCollection<string> Positions, int BrakePercent)
{
    /// <summary>The collaboration's own, as <see cref="EmailAddress.Domain"/>: no mailbox lies there. Empty where it has none.</summary>
    public string OwnDomain { get; init; } = "";
}

/// <summary>What is done to one person.</summary>
public enum PersonStepKind
{
    Enter,
    Change,

    /// <summary>Active, and not in a file that is the whole list.</summary>
    Leave,
}

/// <summary>One fact of a person that changes.</summary>
/// <param name="Before">Null where there was none.</param>
/// <param name="After">Null where there is none any more.</param>
public sealed record FieldChange(ImportField Field, string? Before, string? After);

/// <summary>What is done to one membership.</summary>
public enum MembershipStepKind
{
    Begin,
    Change,

    /// <summary>Nothing but an earlier last day.</summary>
    End,
}

/// <param name="ShortName">Of the institute.</param>
/// <param name="Line">0 where the file does not have it.</param>
/// <param name="Before">Null for a new one.</param>
/// <summary>One membership that begins, changes or ends.</summary>
public sealed record MembershipStep(
    MembershipStepKind Kind,
    InstituteId Institute,
    string ShortName,
    int Line,
    MembershipTerms? Before,
    MembershipTerms After
);

/// <summary>How much a plan does.</summary>
/// <param name="Entered">People who are new.</param>
/// <param name="Changed">People who are known, with something changed.</param>
/// <param name="Left">People who are active and not in a whole list.</param>
/// <param name="Same">People of the file with nothing to do.</param>
/// <param name="Memberships">Memberships that begin, change or end.</param>
/// <param name="Active">Active members before it.</param>
/// <param name="Braked">Active members whom it changes or lets leave.</param>
public sealed record ImportCounts(int Entered, int Changed, int Left, int Same, int Memberships, int Active, int Braked);

/// <summary>What an import would do; made anew from file and register each time, and equal where neither has changed.</summary>
/// <param name="Problems">By line; with one, nothing is done.</param>
/// <param name="Steps">By line, those without one last; nothing stands here for people with nothing to do.</param>
/// <param name="IsBraked">It changes so many active members that it needs a second word.</param>
public sealed record ImportPlan(
    IReadOnlyList<PersonStep> Steps,
    IReadOnlyList<ImportProblem> Problems,
    IReadOnlyList<ImportProblem> Notes,
    ImportCounts Counts,
    bool IsBraked
)
{
    /// <summary>Most people that one import enters or changes: it is one transaction, and others wait for it.</summary>
    public const int MostSteps = 25_000;

    /// <summary>Fewer than these never need a second word.</summary>
    public const int LeastBraked = 10;
}

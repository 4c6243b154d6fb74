using Muster.Core.Calendar;
using Muster.Core.Members;

namespace Muster.Core.Numbers;

/// <summary>One membership as it is counted.</summary>
/// <param name="Country">Of the institute, ISO 3166-1 alpha-2.</param>
/// <param name="From">First day.</param>
/// <param name="Until">First day after the end; null while it is open.</param>
public readonly record struct MembershipFact(
    Guid Member,
    Guid Institute,
    string Country,
    string Position,
    MembershipCategory Category,
    DateOnly From,
    DateOnly? Until
)
{
    public bool Covers(DateOnly day) => Period.Covers(From, Until, day);
}

/// <summary>One institute as it is counted.</summary>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Since">First day.</param>
/// <param name="Until">First day after it left; null while it is in.</param>
public readonly record struct InstituteFact(Guid Id, string Country, DateOnly Since, DateOnly? Until);

/// <summary>A number on each of several days.</summary>
public sealed record NumberSeries(string Name, IReadOnlyList<int> Counts);

/// <summary>How many people there are of one kind.</summary>
public readonly record struct Share(string Name, int People);

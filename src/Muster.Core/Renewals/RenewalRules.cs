using Muster.Core.Institutes;
using Muster.Core.Members;

namespace Muster.Core.Renewals;

/// <summary>What somebody who speaks for an institute says of one of its people.</summary>
public enum RenewalAnswer
{
    Here,
    Left,
    Extended,
}

/// <summary>One line of the representative's page.</summary>
/// <param name="From">First day of the membership that is meant.</param>
/// <param name="LastDay">With <see cref="RenewalAnswer.Left"/> and <see cref="RenewalAnswer.Extended"/>; ignored with the other.</param>
public sealed record RenewalLine(MemberId Member, DateOnly From, RenewalAnswer Answer, DateOnly? LastDay);

/// <summary>What those who speak for an institute may do with its memberships, and nothing beyond.</summary>
public static class RenewalRules
{
    /// <summary>A membership that ended longer ago is no longer the representative's to revive, in days.</summary>
    public const int RevivableDays = 365;

    /// <summary>How far ahead an end can lie, in days.</summary>
    public const int FarthestDays = 5 * 366;

    /// <summary>Whether the membership stands on the representative's page: it is, it comes, or it ended within a year.</summary>
    public static bool IsShown(Membership membership, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(membership);
        return membership.Until is null || membership.Until > today.AddDays(-RevivableDays);
    }

    /// <summary>Whether the speaker may say so of the person: nobody lets the own membership last longer.</summary>
    public static bool MaySay(RenewalAnswer answer, MemberId person, MemberId speaker) =>
        answer != RenewalAnswer.Extended || person != speaker;

    /// <summary>The membership's terms as they follow from the answer; nothing is changed yet.</summary>
    /// <param name="speaker">Who says so.</param>
    /// <returns><c>membership.unknown</c>; <c>renewal.own-extension</c> at <c>answer</c>; <c>renewal.day-missing</c>, <c>renewal.left-before-start</c>, <c>renewal.left-after-end</c>,
    /// <c>renewal.not-longer</c>, <c>renewal.too-far</c>, each at <c>day</c>; <c>renewal.has-ended</c> at <c>answer</c>.</returns>
    public static Result<MembershipTerms> Decide(Member member, InstituteId institute, RenewalLine line, MemberId speaker, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(member);
        ArgumentNullException.ThrowIfNull(line);
        var membership = member.Memberships.FirstOrDefault(m => m.InstituteId == institute && m.From == line.From);
        if (membership is null || !IsShown(membership, today))
            return new Refusal("membership.unknown");
        if (!MaySay(line.Answer, member.Id, speaker))
            return new Refusal("renewal.own-extension", "answer");
        if (line.Answer == RenewalAnswer.Here)
            return membership.Until <= today ? new Refusal("renewal.has-ended", "answer") : membership.Terms;
        if (line.LastDay is not { } last)
            return new Refusal("renewal.day-missing", "day");
        if (last > today.AddDays(FarthestDays))
            return new Refusal("renewal.too-far", "day");
        if (line.Answer == RenewalAnswer.Extended)
            return Extend(membership, last, today);
        var until = last.AddDays(1);
        if (until <= membership.From)
            return new Refusal("renewal.left-before-start", "day");
        return until > membership.Until ? new Refusal("renewal.left-after-end", "day") : membership.TermsBeforeLeft.EndedBefore(until);
    }

    /// <summary>The membership's terms with a later end. The authorship stays as it is, but for an end that came with "left" alone: that goes.</summary>
    /// <returns><c>renewal.not-longer</c>, <c>renewal.too-far</c>, each at <c>day</c>.</returns>
    public static Result<MembershipTerms> Extend(Membership membership, DateOnly lastDay, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(membership);
        if (lastDay > today.AddDays(FarthestDays))
            return new Refusal("renewal.too-far", "day");
        var until = lastDay.AddDays(1);
        return until <= today || until <= membership.Until
            ? new Refusal("renewal.not-longer", "day")
            : membership.TermsBeforeLeft with
            {
                Until = until,
            };
    }
}

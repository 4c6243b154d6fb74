using System.Globalization;
using Muster.Core.Institutes;
using Muster.Core.Members;

namespace Muster.Core.Imports;

/// <summary>Everything that an import does to one person.</summary>
/// <param name="Member">Null for somebody new.</param>
/// <param name="Line">The first line about the person; 0 where there is none.</param>
/// <param name="Emails">To be added.</param>
/// <param name="Certificates">To be added.</param>
public sealed record PersonStep(
    PersonStepKind Kind,
    MemberId? Member,
    int Line,
    PersonName Name,
    string? PublicationName,
    Orcid? Orcid,
    IReadOnlyList<EmailAddress> Emails,
    IReadOnlyList<ImportSubject> Certificates,
    IReadOnlyList<FieldChange> Fields,
    IReadOnlyList<MembershipStep> Memberships
)
{
    /// <summary>Where certificates of a list are known from.</summary>
    private const string Source = "list";

    /// <summary>Somebody new, with everything the file says.</summary>
    public Result<Member> Enter(MemberId id, DateTimeOffset now)
    {
        var member = Members.Member.Enter(id, Name, null, now);
        return Take(member, now) is { } why ? why : member;
    }

    /// <summary>Does it, by what a person's record can do; the memberships that grow shorter first, so that others have room.</summary>
    /// <returns>Null, or why not: the plan was made for another state of the record.</returns>
    public Refusal? Take(Member member, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(member);
        if (Kind != PersonStepKind.Leave)
            member.Change(Name, PublicationName, Orcid, member.DeceasedOn, now);
        foreach (var address in Emails)
            member.AddEmail(address);
        foreach (var subject in Certificates)
            member.AddCertificate(new MemberCertificate(member.Id, subject.Key, subject.Slash, Source, now));
        foreach (var step in Memberships.OrderBy(Turn))
        {
            var done = step.Before is null
                ? member.Join(step.Institute, step.After)
                : member.ChangeMembership(step.Institute, step.After.From, step.After);
            if (!done.TryGet(out _, out var why))
                return why;
        }
        return null;
    }

    /// <summary>Everything the step consists of, one text; equal texts are equal steps.</summary>
    internal string Canonical()
    {
        var parts = new List<string?>
        {
            Kind.ToString(),
            Member?.ToString(),
            Line.ToString(CultureInfo.InvariantCulture),
            Name.Given,
            Name.Family,
            Name.Order.ToString(),
            Name.Native,
            PublicationName,
            Orcid?.Value,
        };
        parts.AddRange(Emails.Select(e => e.Value));
        parts.AddRange(Certificates.Select(c => c.Slash));
        foreach (var change in Fields)
            parts.AddRange([change.Field.Name(), change.Before, change.After]);
        foreach (var step in Memberships)
            parts.AddRange([step.Kind.ToString(), step.Institute.ToString(), Terms(step.Before), Terms(step.After)]);
        return string.Join('\u001F', parts.Select(p => p ?? "\u001E"));
    }

    private static string? Terms(MembershipTerms? terms) =>
        terms is null
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{terms.Position}|{terms.Category}|{terms.Percent}|{terms.From:O}|{terms.Until:O}|{terms.AuthorFrom:O}|{terms.AuthorUntil:O}"
            );

    private static int Turn(MembershipStep step) =>
        step.Before is not { } before ? 2
        : step.After.Until is { } end && (before.Until is null || end < before.Until) ? 0
        : 1;
}

using System.Globalization;
using Muster.Core;
using Muster.Core.Calendar;
using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Server.Web;

namespace Muster.Server.Register.Members;

/// <summary>What the forms and JSON bodies about people and memberships hold, read the same way everywhere.</summary>
internal static class PersonForm
{
    /// <summary>Name, publication name, ORCID iD and day of death.</summary>
    internal sealed record Person(PersonName Name, string? PublicationName, Orcid? Orcid, DateOnly? DeceasedOn);

    public static (Person? Person, List<Refusal> Wrong) ReadPerson(IFormCollection fields, DateOnly today)
    {
        var order = fields.Text("order") == "family" || fields.Text("familyFirst") == "true" ? NameOrder.FamilyFirst : NameOrder.GivenFirst;
        var (given, family, native) = (fields.Text("given"), fields.Text("family"), fields.Text("native"));
        var wrong = PersonName.Check(given, family, order, native).ToList();
        var publication = fields.Words("publicationName", PersonName.MaxNativeLength);
        if (publication is not null && !WellFormedText.Is(publication))
            wrong.Add(new Refusal("person.bad-characters", "publicationName"));
        Orcid? orcid = null;
        if (fields.Words("orcid", 60) is { } typed && !Orcid.Parse(typed).TryGet(out orcid, out var noOrcid))
            wrong.Add(noOrcid.At("orcid"));
        if (!Days.Of(fields, "deceasedOn").TryGet(out var deceased, out var noDay))
            wrong.Add(noDay);
        else if (deceased > today.Plus(1)) // it is tomorrow already somewhere
            wrong.Add(new Refusal("person.death-to-come", "deceasedOn"));
        return wrong.Count > 0
            ? (null, wrong)
            : (new Person(PersonName.Create(given, family, order, native).Value, publication, orcid, deceased), wrong);
    }

    /// <param name="from">The first day where it is given and not asked for.</param>
    public static (MembershipTerms? Terms, List<Refusal> Wrong) ReadTerms(
        IFormCollection fields,
        IReadOnlyCollection<string> positions,
        DateOnly? from = null
    )
    {
        var wrong = new List<Refusal>();
        DateOnly? Day(Result<DateOnly?> read)
        {
            if (read.TryGet(out var day, out var why))
                return day;
            wrong.Add(why);
            return null;
        }
        var first = from ?? Day(Days.Of(fields, "from"));
        if (first is null && wrong.Count == 0)
            wrong.Add(new Refusal("membership.from-missing", "from"));
        if (FormPosts.Choice<MembershipCategory>(fields.Text("category") ?? nameof(MembershipCategory.Full)) is not { } category)
        {
            wrong.Add(new Refusal("membership.category-unknown", "category"));
            category = default;
        }
        if (!int.TryParse(fields.Text("percent") ?? "100", NumberStyles.None, CultureInfo.InvariantCulture, out var percent))
            wrong.Add(new Refusal("membership.percent", "percent"));
        var (until, authorFrom, authorUntil) = (
            Day(Days.After(fields, "until")),
            Day(Days.Of(fields, "authorFrom")),
            Day(Days.After(fields, "authorUntil"))
        );
        if (wrong.Count > 0)
            return (null, wrong);
        var terms = new MembershipTerms(
            fields.Text("position") ?? "",
            category,
            percent,
            first!.Value, // else something is wrong
            until,
            authorFrom,
            authorUntil
        );
        wrong.AddRange(terms.Check(positions));
        return (wrong.Count > 0 ? null : terms, wrong);
    }

    public static InstituteId? Institute(IFormCollection fields, string field = "institute") =>
        Guid.TryParse(fields.Text(field), out var id) && id != Guid.Empty ? new InstituteId(id) : null;

    /// <summary>A membership as forms name it: institute and first day, with a stroke between them.</summary>
    public static (InstituteId Institute, DateOnly From)? Membership(string? text) =>
        text?.Split('/') is [var institute, var from]
        && Guid.TryParse(institute, out var id)
        && id != Guid.Empty
        && Days.OfQuery(from, default).TryGet(out var since, out _)
            ? (new InstituteId(id), since)
            : null;

    /// <summary>For the trail and for mails: short, and the same everywhere.</summary>
    public static string Describe(MembershipTerms terms) =>
        string.Join(
            ", ",
            new[]
            {
                terms.Position,
                terms.Category.ToString(),
                $"{terms.Percent} %",
                $"{Days.Iso(terms.From)} – {Days.LastIso(terms.Until) ?? "…"}",
                terms.AuthorFrom is { } author ? $"author {Days.Iso(author)} – {Days.LastIso(terms.AuthorUntil) ?? "…"}" : null,
            }.OfType<string>()
        );
}

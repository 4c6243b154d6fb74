using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Muster.Core;
using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Core.Renewals;
using Muster.Core.Roles;
using Muster.Server.Audit;
using Muster.Server.Register;
using Muster.Server.Register.Institutes;
using Muster.Server.Register.Members;
using Muster.Server.Storage;
using Muster.Server.Web;

namespace Muster.Server.Enrolment.Renewals;

/// <summary>Who speaks for an institute says of its people: still here, has left, extended. All lines of a form, or none.</summary>
internal sealed class ConfirmPeople(Desk desk)
{
    /// <summary>Lines of one form that are looked at.</summary>
    private const int MostLines = 5_000;

    /// <summary>Who acts, for the trail: an account, or the holder of a mailed link.</summary>
    internal sealed record Speaker(InstituteId Institute, MemberId Member, Actor Actor, string? Origin);

    public async Task<(int Changed, List<Refusal> Wrong)> HandleAsync(Speaker by, IFormCollection fields, CancellationToken ct)
    {
        var (lines, wrong) = Read(fields);
        if (wrong.Count > 0)
            return (0, wrong);
        if (lines.Count == 0)
            return (0, [new Refusal("renewal.nothing-said")]);
        return await desk.Writer.WriteAsync(nameof(ConfirmPeople), (db, unit) => CommitAsync(db, by, lines, unit), ct);
    }

    private async Task<(int Changed, List<Refusal> Wrong)> CommitAsync(
        MusterDb db,
        Speaker by,
        List<(string Key, RenewalLine Line)> lines,
        CancellationToken ct
    )
    {
        var (now, today) = (desk.Now, desk.Today);
        var wrong = new List<Refusal>();
        var round = await db.OpenRoundAsync(today, ct);
        var people = (await db.PeopleToConfirmAsync(by.Institute, today, ct)).ToDictionary(m => m.Id);
        var said = round is null
            ? []
            : await db.Set<Confirmation>()
                .Where(c => c.RoundId == round.Id && c.InstituteId == by.Institute)
                .ToDictionaryAsync(c => c.MemberId, ct);
        var institute = await db.InstituteAsync(by.Institute, ct);
        var changed = 0;
        foreach (var (key, line) in lines)
        {
            if (!people.TryGetValue(line.Member, out var member))
            {
                wrong.Add(new Refusal("membership.unknown", $"a-{key}"));
                continue;
            }
            if (!RenewalRules.Decide(member, by.Institute, line, by.Member, today).TryGet(out var terms, out var why))
            {
                wrong.Add(why.At(why.Field == "day" ? $"d-{key}" : $"a-{key}"));
                continue;
            }
            var before = member.Memberships.First(m => m.InstituteId == by.Institute && m.From == line.From).Terms;
            if (before != terms && !Change(member, by.Institute, line, terms).TryGet(out _, out var refused))
            {
                wrong.Add(refused.At($"d-{key}"));
                continue;
            }
            if (round is not null)
            {
                if (!said.TryGetValue(member.Id, out var confirmation))
                    db.Add(said[member.Id] = confirmation = new Confirmation(round.Id, member.Id, by.Institute));
                confirmation.Say(line.Answer, $"{by.Actor.Kind}:{by.Actor.Name}", now);
            }
            else if (before == terms)
                continue; // "still here" between the rounds is nothing to write down
            changed++;
            await desk.Audit.AppendAsync(db, Entry(by, member, institute, line, round, before, terms), now, ct);
        }
        if (wrong.Count > 0)
        {
            db.ChangeTracker.Clear();
            return (0, wrong);
        }
        await db.SaveChangesAsync(ct);
        return (changed, wrong);
    }

    private static Result<Membership> Change(Member member, InstituteId institute, RenewalLine line, MembershipTerms terms) =>
        line.Answer == RenewalAnswer.Left
            ? member.LeaveMembership(institute, line.From, terms)
            : member.ChangeMembership(institute, line.From, terms);

    private static AuditEntry Entry(
        Speaker by,
        Member member,
        Institute? institute,
        RenewalLine line,
        ConfirmationRound? round,
        MembershipTerms before,
        MembershipTerms after
    )
    {
        var entry = new AuditEntry("membership.confirmed", by.Actor)
        {
            MemberId = member.Id.Value,
            InstituteId = by.Institute.Value,
            Origin = by.Origin,
            Details =
            {
                ["answer"] = line.Answer.ToString(),
                ["institute"] = institute?.ShortName,
                ["name"] = member.DisplayName,
            },
        };
        if (round is not null)
            entry.Details["round"] = round.Name;
        if (before != after)
        {
            entry.Details["before"] = PersonForm.Describe(before);
            entry.Details["after"] = PersonForm.Describe(after);
        }
        return entry;
    }

    /// <summary>Form: <c>a-MEMBER_FROM</c> and <c>d-MEMBER_FROM</c>. JSON: <c>answers: [{member, from, answer, day}]</c>.</summary>
    private static (List<(string Key, RenewalLine Line)> Lines, List<Refusal> Wrong) Read(IFormCollection fields)
    {
        var lines = new List<(string, RenewalLine)>();
        var wrong = new List<Refusal>();
        var sent = fields
            .Where(f => f.Key.StartsWith("a-", StringComparison.Ordinal) && !string.IsNullOrEmpty(f.Value))
            .Select(f => (Key: f.Key[2..], Answer: (string?)f.Value, Day: (string?)fields[$"d-{f.Key[2..]}"]))
            .Concat(fields["answers"].OfType<string>().Select(Json));
        foreach (var (key, answer, day) in sent.Take(MostLines))
        {
            if (
                key.Split('_') is not [var id, var from]
                || !Guid.TryParse(id, out var member)
                || member == Guid.Empty
                || !Days.OfQuery(from, default).TryGet(out var since, out _)
                || since == default
            )
                wrong.Add(new Refusal("membership.unknown"));
            else if (FormPosts.Choice<RenewalAnswer>(answer) is not { } said)
                wrong.Add(new Refusal("renewal.answer-unknown", $"a-{key}"));
            else if (string.IsNullOrWhiteSpace(day))
                lines.Add((key, new RenewalLine(new MemberId(member), since, said, null)));
            else if (Days.OfQuery(day, default).TryGet(out var last, out var why))
                lines.Add((key, new RenewalLine(new MemberId(member), since, said, last)));
            else
                wrong.Add(why.At($"d-{key}"));
        }
        return (lines, wrong);
    }

    private static (string Key, string? Answer, string? Day) Json(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            string? Of(string name) =>
                document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty(name, out var value)
                && value.ValueKind == JsonValueKind.String
                    ? value.GetString()
                    : null;
            return ($"{Of("member")}_{Of("from")}", Of("answer"), Of("day"));
        }
        catch (JsonException)
        {
            return ("", null, null);
        }
    }
}

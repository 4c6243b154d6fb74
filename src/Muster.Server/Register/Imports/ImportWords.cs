using System.Text;
using System.Text.Json;
using Muster.Core.Imports;
using Muster.Core.Members;
using Muster.Core.Tables;
using Muster.Server.Register.Members;
using Muster.Server.Web;

namespace Muster.Server.Register.Imports;

/// <summary>What an import does, in words of the register: for the page, the trail and a table that can be taken along.</summary>
internal static class ImportWords
{
    private const string Nothing = "–";

    public static string Of(FieldChange change) => $"{change.Field.Name()}: {change.Before ?? Nothing} → {change.After ?? Nothing}";

    public static string Of(MembershipStep step) =>
        $"{step.ShortName}: {(step.Before is { } before ? PersonForm.Describe(before) : Nothing)} → {PersonForm.Describe(step.After)}";

    public static string Of(PersonStep step) => string.Join("; ", step.Fields.Select(Of).Concat(step.Memberships.Select(Of)));

    public static string Record(Member member) => JsonSerializer.Serialize(MemberRecord.Of(member));

    public static MemberRecord Record(string written) =>
        JsonSerializer.Deserialize<MemberRecord>(written) ?? throw new InvalidDataException("A record of an import is null.");

    /// <summary>Problems first, then everything that would be done; one row for each.</summary>
    public static string Csv(ImportPlan plan)
    {
        var csv = new StringBuilder();
        CsvText.AppendRow(csv, ["line", "column", "field", "what", "person", "id", "before", "after", "code", "sentence"]);
        foreach (var problem in plan.Problems.Concat(plan.Notes))
            CsvText.AppendRow(
                csv,
                [
                    $"{problem.Line}",
                    $"{problem.Column}",
                    problem.Why.Field,
                    plan.Notes.Contains(problem) ? "note" : "problem",
                    null,
                    null,
                    null,
                    null,
                    problem.Why.Code,
                    RefusalTexts.Sentence(problem.Why),
                ]
            );
        foreach (var step in plan.Steps)
        {
            var (kind, id) = (step.Kind.ToString().ToLowerInvariant(), step.Member?.ToString());
            foreach (var field in step.Fields)
                CsvText.AppendRow(csv, [$"{step.Line}", null, field.Field.Name(), kind, step.Name.Display, id, field.Before, field.After]);
            foreach (var one in step.Memberships)
                CsvText.AppendRow(
                    csv,
                    [
                        $"{one.Line}",
                        null,
                        one.ShortName,
                        one.Kind.ToString().ToLowerInvariant(),
                        step.Name.Display,
                        id,
                        one.Before is { } before ? PersonForm.Describe(before) : null,
                        PersonForm.Describe(one.After),
                    ]
                );
        }
        return csv.ToString();
    }
}

using Muster.Core.Imports;
using Muster.Server.Register.Members;
using Muster.Server.Web;

namespace Muster.Server.Register.Imports;

internal sealed record ImportAnswer(
    Guid Id,
    string File,
    string Sha256,
    string Mode,
    string State,
    string? Digest,
    ImportCountsAnswer Counts,
    bool? Braked,
    int? ProblemCount,
    IReadOnlyList<ImportProblemAnswer>? Problems,
    IReadOnlyList<ImportProblemAnswer>? Notes,
    int? StepCount,
    IReadOnlyList<ImportStepAnswer>? Steps,
    IReadOnlyList<ImportChangeAnswer> Changes
)
{
    /// <param name="page">From 1.</param>
    public static ImportAnswer Of(ImportBatch batch, ImportPlan? plan, IReadOnlyList<ImportChange> changes, int page, int size) =>
        new(
            batch.Id,
            batch.FileName,
            batch.Sha256,
            batch.Mode == ImportMode.WholeList ? "whole" : "changes",
            batch.State.ToString(),
            plan is null ? null : ImportPlanning.Digest(plan),
            plan is null ? new ImportCountsAnswer(batch.Entered, batch.Changed, batch.Left) : ImportCountsAnswer.Of(plan.Counts),
            plan?.IsBraked,
            plan?.Problems.Count,
            plan is null ? null : [.. plan.Problems.Skip((page - 1) * size).Take(size).Select(ImportProblemAnswer.Of)],
            plan is null ? null : [.. plan.Notes.Select(ImportProblemAnswer.Of)],
            plan?.Steps.Count,
            plan is null ? null : [.. plan.Steps.Skip((page - 1) * size).Take(size).Select(ImportStepAnswer.Of)],
            [.. changes.Select(c => new ImportChangeAnswer(c.MemberId, c.Kind.ToString(), c.Name, c.What))]
        );
}

/// <summary>Once it is applied only the first three are kept.</summary>
internal sealed record ImportCountsAnswer(
    int Entered,
    int Changed,
    int Left,
    int? Same = null,
    int? Memberships = null,
    int? Active = null,
    int? Braked = null
)
{
    public static ImportCountsAnswer Of(ImportCounts c) => new(c.Entered, c.Changed, c.Left, c.Same, c.Memberships, c.Active, c.Braked);
}

internal sealed record ImportProblemAnswer(int Line, int? Column, string? Field, string Code, string Sentence, string? Hint)
{
    public static ImportProblemAnswer Of(ImportProblem problem) =>
        new(
            problem.Line,
            problem.Column,
            problem.Why.Field,
            problem.Why.Code,
            RefusalTexts.Sentence(problem.Why),
            RefusalTexts.Hint(problem.Why)
        );
}

internal sealed record ImportStepAnswer(
    string Kind,
    Guid? Person,
    int Line,
    string Name,
    IReadOnlyList<FieldChangeAnswer> Fields,
    IReadOnlyList<MembershipStepAnswer> Memberships
)
{
    public static ImportStepAnswer Of(PersonStep s) =>
        new(
            s.Kind.ToString(),
            s.Member?.Value,
            s.Line,
            s.Name.Display,
            [.. s.Fields.Select(f => new FieldChangeAnswer(f.Field.Name(), f.Before, f.After))],
            [
                .. s.Memberships.Select(m => new MembershipStepAnswer(
                    m.Kind.ToString(),
                    m.ShortName,
                    m.Line,
                    m.Before is { } before ? PersonForm.Describe(before) : null,
                    PersonForm.Describe(m.After)
                )),
            ]
        );
}

internal sealed record FieldChangeAnswer(string Field, string? Before, string? After);

internal sealed record MembershipStepAnswer(string Kind, string Institute, int Line, string? Before, string After);

internal sealed record ImportChangeAnswer(Guid Person, string Kind, string Name, string What);

/// <summary>What <see cref="ApplyImport"/> reads: the plan that was looked at, and a second word where it asks for one.</summary>
internal sealed record ApplyBody(string Digest, bool Brake = false, int? Changes = null);

using System.Security.Cryptography;
using System.Text;
using Muster.Core.Members;

namespace Muster.Core.Imports;

/// <summary>From a file and the register to what an import would do.</summary>
public static class ImportPlanning
{
    /// <summary>Decides everything and changes nothing. Equal files, registers and rules make equal plans, in the same order.</summary>
    public static ImportPlan Plan(ImportFile file, PresentRegister present, ImportRules rules)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(present);
        ArgumentNullException.ThrowIfNull(rules);
        var problems = file.Problems.ToList();
        var matching = new PersonMatching(present, problems);
        foreach (var line in file.Lines)
            matching.Add(line);

        var planning = new PersonPlanning(present, rules, problems);
        var steps = new List<PersonStep>();
        var same = 0;
        foreach (var person in matching.All.Where(p => p.Lines.Count > 0))
        {
            var before = problems.Count;
            if (planning.Plan(person) is { } step)
                steps.Add(step);
            else if (problems.Count == before && !person.IsUnclear)
                same++;
        }
        if (rules.Mode == ImportMode.WholeList)
        {
            var listed = matching.All.Select(p => p.Known?.Id).OfType<MemberId>().ToHashSet();
            steps.AddRange(
                present
                    .Members.Where(m => !listed.Contains(m.Id))
                    .OrderBy(m => m.SortKey, StringComparer.Ordinal)
                    .ThenBy(m => m.Id.Value)
                    .Select(planning.Leave)
                    .OfType<PersonStep>()
            );
        }
        if (steps.Count > ImportPlan.MostSteps)
            problems.Add(new ImportProblem(0, 0, Refusal.With("import.too-many-changes", $"{ImportPlan.MostSteps}")));
        var counts = Count(steps, same, present, rules.Today);
        return new ImportPlan(
            steps,
            [.. problems.OrderBy(p => p.Line == 0).ThenBy(p => p.Line).ThenBy(p => p.Column)],
            file.Notes,
            counts,
            counts.Braked >= ImportPlan.LeastBraked && counts.Braked * 100L > (long)rules.BrakePercent * counts.Active
        );
    }

    /// <summary>SHA-256, in hexadecimal, over everything the plan would do and everything that hinders it.</summary>
    public static string Digest(ImportPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Append(string text)
        {
            hash.AppendData(BitConverter.GetBytes(text.Length));
            hash.AppendData(Encoding.UTF8.GetBytes(text));
        }
        foreach (var step in plan.Steps)
            Append(step.Canonical());
        foreach (var problem in plan.Problems)
            Append($"{problem.Line}:{problem.Column}:{problem.Why.Code}");
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static ImportCounts Count(List<PersonStep> steps, int same, PresentRegister present, DateOnly today)
    {
        var active = present.Members.Count(m => m.IsActiveOn(today));
        var braked = steps.Count(s => s.Member is { } id && present.Member(id)?.IsActiveOn(today) == true);
        return new ImportCounts(
            steps.Count(s => s.Kind == PersonStepKind.Enter),
            steps.Count(s => s.Kind == PersonStepKind.Change),
            steps.Count(s => s.Kind == PersonStepKind.Leave),
            same,
            steps.Sum(s => s.Memberships.Count),
            active,
            braked
        );
    }
}

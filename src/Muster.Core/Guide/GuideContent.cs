namespace Muster.Core.Guide;

/// <summary>The steps of the guide in their order. Every change gives a new one, so that an earlier one can be put back.</summary>
public sealed class GuideContent
{
    /// <summary>More than these is no checklist.</summary>
    public const int MostSteps = 40;

    private readonly IReadOnlyList<GuideStep> steps;

    private GuideContent(IEnumerable<GuideStep> steps) => this.steps = [.. steps];

    public IReadOnlyList<GuideStep> Steps => steps;

    /// <summary>What there is before anybody changed it.</summary>
    public static GuideContent Shipped { get; } =
        new([
            .. Enum.GetValues<GuideStepKind>().Where(k => k != GuideStepKind.Own).Select(Judged),
            new GuideStep("look-around", GuideStepKind.Own, null, null, IsShown: true),
        ]);

    /// <summary>As it was kept. A step that a newer program judges comes last, hidden, until a registrar has seen it.</summary>
    public static GuideContent Of(IReadOnlyCollection<GuideStep> kept)
    {
        ArgumentNullException.ThrowIfNull(kept);
        var missing = Shipped.steps.Where(s => !s.IsRemovable && kept.All(k => k.Kind != s.Kind));
        return new GuideContent(kept.Concat(missing.Select(s => s with { IsShown = false })));
    }

    public GuideStep? Find(string id) => steps.FirstOrDefault(s => string.Equals(s.Id, id, StringComparison.Ordinal));

    /// <summary>At the end. The same step again changes nothing.</summary>
    /// <returns><c>guide.too-many-steps</c> (bound).</returns>
    public Result<GuideContent> Add(GuideStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        if (Find(step.Id) is not null)
            return this;
        return steps.Count < MostSteps ? new GuideContent([.. steps, step]) : Refusal.With("guide.too-many-steps", $"{MostSteps}");
    }

    /// <summary>Other words for a step, or hidden, or shown.</summary>
    /// <param name="seen">What the registrar had before them: where somebody else changed this very step since, both are asked to look.</param>
    /// <returns><c>guide.step-unknown</c>, <c>guide.changed-meanwhile</c>.</returns>
    public Result<GuideContent> Change(GuideStep step, GuideContent seen)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(seen);
        if (Find(step.Id) is not { } present)
            return new Refusal("guide.step-unknown");
        if (present != step && present != seen.Find(step.Id))
            return new Refusal("guide.changed-meanwhile");
        return new GuideContent(steps.Select(s => s.Id == step.Id ? step with { Kind = present.Kind } : s));
    }

    /// <summary>One place up (−1) or down (+1); at the end of the list it stays where it is.</summary>
    /// <returns><c>guide.step-unknown</c>, <c>guide.changed-meanwhile</c>.</returns>
    public Result<GuideContent> Move(string id, int by, GuideContent seen)
    {
        ArgumentNullException.ThrowIfNull(seen);
        if (Find(id) is not { } step)
            return new Refusal("guide.step-unknown");
        if (!HasOrderOf(seen))
            return new Refusal("guide.changed-meanwhile");
        var moved = steps.ToList();
        var at = moved.IndexOf(step);
        moved.RemoveAt(at);
        moved.Insert(Math.Clamp(at + Math.Sign(by), 0, moved.Count), step);
        return new GuideContent(moved);
    }

    /// <summary>All steps in another order.</summary>
    /// <returns><c>guide.order-incomplete</c> where it does not name every step once, <c>guide.changed-meanwhile</c>.</returns>
    public Result<GuideContent> Arrange(IReadOnlyList<string> ids, GuideContent seen)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentNullException.ThrowIfNull(seen);
        if (!HasOrderOf(seen))
            return new Refusal("guide.changed-meanwhile");
        var arranged = ids.Select(Find).OfType<GuideStep>().Distinct().ToList();
        return arranged.Count == steps.Count && ids.Count == steps.Count
            ? new GuideContent(arranged)
            : new Refusal("guide.order-incomplete", "order");
    }

    /// <summary>Takes a step of the registrar's own away; gone already, nothing is to be done.</summary>
    /// <returns><c>guide.step-stays</c>, <c>guide.changed-meanwhile</c>.</returns>
    public Result<GuideContent> Remove(string id, GuideContent seen)
    {
        ArgumentNullException.ThrowIfNull(seen);
        if (Find(id) is not { } step)
            return this;
        if (!step.IsRemovable)
            return new Refusal("guide.step-stays");
        if (step != seen.Find(id))
            return new Refusal("guide.changed-meanwhile");
        return new GuideContent(steps.Where(s => s != step));
    }

    public bool IsSameAs(GuideContent other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return steps.SequenceEqual(other.steps);
    }

    private bool HasOrderOf(GuideContent seen) =>
        steps.Select(s => s.Id).SequenceEqual(seen.steps.Select(s => s.Id), StringComparer.Ordinal);

    private static GuideStep Judged(GuideStepKind kind) => new(IdOf(kind), kind, null, null, IsShown: true);

    /// <summary><c>certificate-check</c> for <see cref="GuideStepKind.CertificateCheck"/>.</summary>
    private static string IdOf(GuideStepKind kind) =>
        string.Concat(
            kind.ToString().Select((c, i) => char.IsUpper(c) && i > 0 ? $"-{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}")
        );
}

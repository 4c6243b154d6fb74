namespace Muster.Core.Profiles;

/// <summary>What the collaboration says of one field.</summary>
/// <param name="IsChosen">The member chooses.</param>
/// <param name="Audience">Who sees it; where the member chooses, who sees it until then.</param>
public readonly record struct FieldRule(bool IsChosen, Audience Audience)
{
    private const string Chosen = "choice-";

    /// <summary>Every rule there is.</summary>
    public static IReadOnlyList<FieldRule> All { get; } =
    [.. from isChosen in (bool[])[false, true] from audience in Enum.GetValues<Audience>() select new FieldRule(isChosen, audience)];

    /// <summary><c>members</c>, <c>choice-desk</c> …, as in forms and for programs.</summary>
    public override string ToString() => (IsChosen ? Chosen : "") + WordOf(Audience);

    /// <summary>The rule of exactly this word, or null.</summary>
    public static FieldRule? Read(string? word) => All.Select(r => (FieldRule?)r).FirstOrDefault(r => r.ToString() == word);

    public static string WordOf(Audience audience) => audience.ToString().ToLowerInvariant();

    /// <summary>The audience of exactly this word, or null.</summary>
    public static Audience? ReadAudience(string? word) =>
        Enum.GetValues<Audience>().Select(a => (Audience?)a).FirstOrDefault(a => WordOf(a!.Value) == word); // none is null
}

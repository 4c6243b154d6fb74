namespace Muster.Core;

/// <summary>
/// One expected "no": a stable code that a person can act on, the field it concerns, and the values its sentence needs.
/// The sentence itself lives in resources (one entry per code, and <c>code.hint</c> for the way out), never here.
/// </summary>
/// <param name="Code">Stable, lower case, <c>area.reason</c>, for example <c>password.contains-account-name</c>.</param>
/// <param name="Field">Name of the form field it concerns, or null where it concerns the whole request.</param>
public sealed record Refusal(string Code, string? Field = null)
{
    /// <summary>Values for the placeholders {0}, {1} … of the sentence, in order; never a secret.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    public static Refusal With(string code, params string[] arguments) => new(code) { Arguments = arguments };

    public Refusal At(string field) => this with { Field = field };
}

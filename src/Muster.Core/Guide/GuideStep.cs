using Muster.Core.Members;

namespace Muster.Core.Guide;

/// <summary>What a step is about: something that the register knows, or words of the registrar's own.</summary>
public enum GuideStepKind
{
    /// <summary>On the members list, at an institute, today.</summary>
    Membership,

    /// <summary>A certificate is in the browser.</summary>
    Certificate,

    /// <summary>The certificate was judged and is good.</summary>
    CertificateCheck,

    /// <summary>The form was sent.</summary>
    Registration,

    /// <summary>The acceptable use policy was accepted.</summary>
    Conditions,

    /// <summary>The link in the first mail was followed.</summary>
    Email,

    /// <summary>A rule or a person let the registration in.</summary>
    Approval,

    /// <summary>The account is there, in all connected systems.</summary>
    Account,

    /// <summary>The holder has set a password, and the account can be used.</summary>
    Password,

    /// <summary>Nothing that the register could know; the member says when it is done.</summary>
    Own,
}

/// <summary>One step of the newcomers' guide.</summary>
/// <param name="Id">Stable: what members have ticked stays ticked, wherever the step moves. One per kind but for <see cref="GuideStepKind.Own"/>.</param>
/// <param name="Title">Null for the shipped one.</param>
/// <param name="Text">As <see cref="LinkedText"/> reads it; null for the shipped one.</param>
public sealed record GuideStep(string Id, GuideStepKind Kind, string? Title, string? Text, bool IsShown)
{
    /// <summary>In characters.</summary>
    public const int MaxTitleLength = 120;

    /// <summary>In characters.</summary>
    public const int MaxTextLength = 3_000;

    /// <summary>Steps that the register judges are hidden instead: put back, they know all that happened meanwhile.</summary>
    public bool IsRemovable => Kind == GuideStepKind.Own;

    /// <summary>What is wrong with words for a step, each at its field.</summary>
    /// <returns><c>guide.title-missing</c>, <c>guide.title-too-long</c> (bound), <c>guide.text-too-long</c> (bound), <c>guide.bad-characters</c>,
    /// <c>guide.link-refused</c> (the address).</returns>
    public static IEnumerable<Refusal> Check(string? title, string? text)
    {
        if (string.IsNullOrWhiteSpace(title))
            yield return new Refusal("guide.title-missing", "title");
        else if (title.Length > MaxTitleLength)
            yield return Refusal.With("guide.title-too-long", $"{MaxTitleLength}").At("title");
        else if (!WellFormedText.Is(title))
            yield return new Refusal("guide.bad-characters", "title");
        if (text is null)
            yield break;
        if (text.Length > MaxTextLength)
            yield return Refusal.With("guide.text-too-long", $"{MaxTextLength}").At("text");
        else if (!WellFormedText.Is(text.Replace("\n", "", StringComparison.Ordinal)))
            yield return new Refusal("guide.bad-characters", "text");
        else if (LinkedText.FirstRefusedLink(text) is { } address)
            yield return Refusal.With("guide.link-refused", address).At("text");
    }
}

namespace Muster.Core.Guide;

/// <summary>How far one person is with one step.</summary>
public abstract record GuideStanding
{
    private GuideStanding() { }

    /// <summary>Nothing is known of the visitor; the step is only explained.</summary>
    public sealed record Explained : GuideStanding;

    /// <param name="When">Null where the connection shows it now and no day is known.</param>
    public sealed record Done(DateTimeOffset? When) : GuideStanding;

    /// <summary>The one step to take now.</summary>
    public sealed record Next : GuideStanding;

    /// <summary>Can be taken, or will be; something else comes first.</summary>
    public sealed record Later : GuideStanding;

    /// <summary>Somebody else is to act.</summary>
    /// <param name="For">Who: <c>registrar</c>, <c>representative</c> or <c>system</c>.</param>
    public sealed record Waiting(string For, DateTimeOffset Since) : GuideStanding;

    /// <param name="Why"><c>has-account</c>: whoever is admitted needs it no more.</param>
    public sealed record NotNeeded(string Why) : GuideStanding;
}

/// <summary>A step, and how far the visitor is with it.</summary>
public sealed record JudgedStep(GuideStep Step, GuideStanding Standing);

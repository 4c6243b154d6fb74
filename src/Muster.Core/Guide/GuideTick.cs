namespace Muster.Core.Guide;

/// <summary>An own step of the guide that a member says is done.</summary>
public sealed class GuideTick
{
    private GuideTick() { }

    public GuideTick(Guid accountId, string stepId, DateTimeOffset now) => (AccountId, StepId, DoneAt) = (accountId, stepId, now);

    public Guid AccountId { get; private set; }
    public string StepId { get; private set; } = "";
    public DateTimeOffset DoneAt { get; private set; }
}

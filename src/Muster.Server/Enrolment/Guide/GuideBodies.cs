namespace Muster.Server.Enrolment.Guide;

/// <summary>What the acts on the guide take, as the description of the interface shows it.</summary>
/// <param name="Done">False takes the tick away.</param>
internal sealed record TickBody(bool Done = true);

/// <param name="Key">Identity of the step to be, so that the same sent twice makes one.</param>
internal sealed record NewStepBody(string Title, string Text, int Version, Guid? Key = null);

/// <param name="Shipped">The words that we ship, in place of those sent.</param>
internal sealed record StepBody(int Version, string? Title = null, string? Text = null, bool Shipped = false);

/// <param name="By">up or down.</param>
internal sealed record MoveStepBody(string By, int Version);

internal sealed record ShowStepBody(bool Shown, int Version);

internal sealed record GuideSeenBody(int Version);

/// <param name="Order">Ids of all steps.</param>
/// <param name="Moved">Id of the step that it was about, for the history.</param>
internal sealed record StepOrderBody(IReadOnlyList<string> Order, int Version, string? Moved = null);

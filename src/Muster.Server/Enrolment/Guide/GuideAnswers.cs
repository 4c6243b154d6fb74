using Microsoft.Extensions.Localization;
using Muster.Core.Guide;

namespace Muster.Server.Enrolment.Guide;

/// <param name="Presented">Of the certificate on the connection: None, Accepted or Refused.</param>
internal sealed record GuideAnswer(int Version, string Presented, IReadOnlyList<GuideStepAnswer> Steps)
{
    public static GuideAnswer Of(GuideModel model, int version) =>
        new(version, model.Facts.Presented.ToString(), [.. model.Lines.Select(GuideStepAnswer.Of)]);
}

/// <param name="Standing">As <see cref="StepWords.Word"/> says it.</param>
internal sealed record GuideStepAnswer(
    string Id,
    string Kind,
    string Title,
    string Text,
    string Standing,
    DateTimeOffset? DoneAt,
    string? WaitsFor,
    DateTimeOffset? Since,
    string? Why,
    string? Place,
    long? HalfWithinSeconds
)
{
    public static GuideStepAnswer Of(GuideLine line)
    {
        var waiting = line.Standing as GuideStanding.Waiting;
        return new GuideStepAnswer(
            line.Step.Id,
            line.Step.Kind.ToString(),
            line.Title,
            line.Text,
            line.Standing.Word(),
            (line.Standing as GuideStanding.Done)?.When,
            waiting?.For,
            waiting?.Since,
            (line.Standing as GuideStanding.NotNeeded)?.Why,
            line.Place,
            (long?)line.HalfWithin?.TotalSeconds
        );
    }
}

internal sealed record TickedStepAnswer(string Id, bool Done);

internal sealed record GuideEditAnswer(int Version);

internal sealed record MadeStepAnswer(string Id, int Version);

internal sealed record GuideVersionLineAnswer(int Number, DateTimeOffset At, string By, string Act, string About)
{
    public static GuideVersionLineAnswer Of(GuideVersion v) => new(v.Number, v.MadeAt, v.MadeBy, v.Act, v.About);
}

internal sealed record GuideVersionAnswer(int Number, IReadOnlyList<KeptStepAnswer> Steps)
{
    public static GuideVersionAnswer Of(int number, GuideContent content, IStringLocalizer<GuideText> texts) =>
        new(
            number,
            [
                .. content.Steps.Select(s => new KeptStepAnswer(
                    s.Id,
                    s.Kind.ToString(),
                    s.Title(texts),
                    s.Text(texts),
                    s.Title is null && s.Text is null,
                    s.IsShown
                )),
            ]
        );
}

/// <param name="IsShipped">The words are ours.</param>
internal sealed record KeptStepAnswer(string Id, string Kind, string Title, string Text, bool IsShipped, bool IsShown);

using Muster.Core.Renewals;

namespace Muster.Server.Enrolment.Renewals;

internal sealed record MyPersonAnswer(
    Guid Member,
    string Name,
    string Position,
    DateOnly From,
    DateOnly? LastDay,
    bool Active,
    string? Answer,
    DateOnly? AccountWorksUntil,
    bool AccountOver
)
{
    public static MyPersonAnswer Of(MyPerson line, DateOnly today) =>
        new(
            line.Member.Id.Value,
            line.Member.DisplayName,
            line.Membership.Position,
            line.Membership.From,
            line.Membership.Until?.AddDays(-1),
            line.Membership.Covers(today),
            line.Said?.Answer.ToString(),
            line.Over?.GraceUntil?.AddDays(-1),
            line.Over?.ExpiredAt is not null
        );
}

/// <summary>How many lines were written.</summary>
internal sealed record SaidAnswer(int Said);

/// <summary>What <see cref="ConfirmPeople"/> reads: a line for each membership that something is said of.</summary>
internal sealed record SayBody(IReadOnlyList<SayLine> Answers);

internal sealed record SayLine(Guid Member, DateOnly From, string Answer, DateOnly? Day = null);

internal sealed record RoundBody(string Name, DateOnly LastDay);

internal sealed record RoundLineAnswer(Guid Id, string Name, DateOnly LastDay, bool IsOpen)
{
    public static RoundLineAnswer Of(ConfirmationRound round, DateOnly today) =>
        new(round.Id, round.Name, round.LastDay, round.IsOpen(today));
}

internal sealed record MyInstituteAnswer(Guid Id, string Name, string ShortName);

internal sealed record RoundAnswer(
    string Name,
    DateOnly LastDay,
    int People,
    int Answered,
    IReadOnlyList<RoundInstituteAnswer> Institutes,
    IReadOnlyList<RoundDayAnswer> Days
)
{
    public static RoundAnswer Of(RoundModel model) =>
        new(
            model.Round.Name,
            model.Round.LastDay,
            model.People,
            model.Answered,
            [.. model.Progress.Select(p => new RoundInstituteAnswer(p.Institute.Id.Value, p.Institute.ShortName, p.People, p.Answered))],
            [.. model.Days.Select(d => new RoundDayAnswer(d.Day, d.Answered, d.InAll))]
        );
}

/// <param name="InAll">Until the end of that day.</param>
internal sealed record RoundDayAnswer(DateOnly Day, int Answered, int InAll);

internal sealed record RoundInstituteAnswer(Guid Id, string ShortName, int People, int Answered);

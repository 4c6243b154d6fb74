namespace Muster.Server.Register.Numbers;

/// <summary>One list of numbers: lines over <paramref name="Days"/>, or shares on one day.</summary>
internal sealed record NumbersAnswer(
    string Series,
    DateOnly? On,
    IReadOnlyList<DateOnly>? Days,
    IReadOnlyList<NumberLineAnswer>? Lines,
    IReadOnlyList<ShareAnswer>? Shares
)
{
    public static NumbersAnswer Of(Counted counted, string name)
    {
        var onDay = counted.OnDay(name);
        return new NumbersAnswer(
            name,
            onDay is null ? null : counted.Asked.On,
            onDay is null ? counted.Months : null,
            counted.OverTime(name) is { } lines ? [.. lines.Select(s => new NumberLineAnswer(s.Name, s.Counts))] : null,
            onDay is null ? null : [.. onDay.Select(s => new ShareAnswer(s.Name, s.People))]
        );
    }
}

internal sealed record NumberLineAnswer(string Name, IReadOnlyList<int> Counts);

internal sealed record ShareAnswer(string Name, int Members);

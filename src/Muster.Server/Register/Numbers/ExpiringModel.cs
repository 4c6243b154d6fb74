using System.Globalization;
using Muster.Server.Web;

namespace Muster.Server.Register.Numbers;

/// <summary>The lists of the page, each to be had alone.</summary>
public enum ExpiringList
{
    Ending,
    Ended,
    Grace,
    Expired,
}

/// <param name="Show">Null for all lists.</param>
/// <param name="On">The day as of which it is asked.</param>
public sealed record ExpiringAsked(int Within, ExpiringList? Show, DateOnly On, DateOnly Today)
{
    public bool Has(ExpiringList list) => Show is null || Show == list;

    /// <summary>The same question, of one list where there is a file for it alone.</summary>
    public string Csv(ExpiringList? list = null) =>
        FindExpiring.Api
        + ".csv?within="
        + Within.ToString(CultureInfo.InvariantCulture)
        + (list is { } one ? $"&show={one}" : "")
        + (On == Today ? "" : $"&on={Days.Iso(On)}");
}

/// <summary>Each list with how many there are in all; more than are shown, maybe.</summary>
public sealed record ExpiringModel(ExpiringAsked Asked)
{
    public IReadOnlyList<EndingLine> Ending { get; init; } = [];
    public IReadOnlyList<EndingLine> Ended { get; init; } = [];
    public IReadOnlyList<GraceLine> Grace { get; init; } = [];
    public IReadOnlyList<GraceLine> Expired { get; init; } = [];
    public int EndingInAll { get; init; }
    public int EndedInAll { get; init; }
    public int GraceInAll { get; init; }
    public int ExpiredInAll { get; init; }
}

internal sealed record ExpiringAnswer(
    int Within,
    DateOnly On,
    IReadOnlyList<EndingAnswer> Ending,
    IReadOnlyList<EndingAnswer> Ended,
    IReadOnlyList<GraceAnswer> Grace,
    IReadOnlyList<GraceAnswer> Expired,
    int EndingInAll,
    int EndedInAll,
    int GraceInAll,
    int ExpiredInAll
)
{
    public static ExpiringAnswer Of(ExpiringModel model) =>
        new(
            model.Asked.Within,
            model.Asked.On,
            [.. model.Ending.Select(EndingAnswer.Of)],
            [.. model.Ended.Select(EndingAnswer.Of)],
            [.. model.Grace.Select(GraceAnswer.Of)],
            [.. model.Expired.Select(GraceAnswer.Of)],
            model.EndingInAll,
            model.EndedInAll,
            model.GraceInAll,
            model.ExpiredInAll
        );
}

internal sealed record EndingAnswer(
    Guid Id,
    string SortName,
    string? Email,
    string Institute,
    string Position,
    DateOnly LastDay,
    bool StaysElsewhere
)
{
    public static EndingAnswer Of(EndingLine line) =>
        new(line.Member.Value, line.SortName, line.Email, line.ShortName, line.Position, line.LastDay, line.Stays);
}

internal sealed record GraceAnswer(
    Guid Id,
    string SortName,
    string? Email,
    string Account,
    string Institutes,
    DateOnly LastDay,
    DateOnly WorksUntil
)
{
    public static GraceAnswer Of(GraceLine line) =>
        new(line.Member.Value, line.SortName, line.Email, line.Account, line.Institutes, line.LastDay, line.WorksUntil);
}

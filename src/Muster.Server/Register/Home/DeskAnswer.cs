namespace Muster.Server.Register.Home;

internal sealed record DeskAnswer(IReadOnlyDictionary<string, int> Waits, int BegunLately, IReadOnlyList<NewestAnswer> Newest)
{
    public static DeskAnswer Of(DeskModel model) =>
        new(
            model.Waits.ToDictionary(w => w.Name, w => w.Count, StringComparer.Ordinal),
            model.BegunLately,
            [.. model.Newest.Select(n => new NewestAnswer(n.Member.Value, n.SortName, n.ShortName, n.From))]
        );
}

internal sealed record NewestAnswer(Guid Id, string SortName, string Institute, DateOnly From);

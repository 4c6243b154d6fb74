using System.Diagnostics;
using Muster.Core.Members;
using Muster.Core.Numbers;

namespace Muster.Bench;

/// <summary>A large collaboration counted at every month of twenty years.</summary>
internal static class Numbers
{
    private const int People = 100_000;
    private const int Memberships = 150_000;
    private const int Years = 20;
    private const int Rounds = 20;

    public static void Run()
    {
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var begin = today.AddYears(-Years);
        var facts = Draw(begin);
        var months = Months.Firsts(begin, today);
        var first = Time(() => NumbersOverTime.Members(facts, months)[^1]);
        var members = new Spread(Enumerable.Range(0, Rounds).Select(_ => Time(() => NumbersOverTime.Members(facts, months)[^1])).ToList());
        var positions = new Spread(
            Enumerable
                .Range(0, Rounds)
                .Select(_ => Time(() => NumbersOverTime.By(facts, months, f => f.Position, 8, "other").Count))
                .ToList()
        );
        Program.Say(
            $"numbers: {Memberships:N0} memberships of {People:N0} people at {months.Count} months, counted in {members.Median:F0} ms (p99 {members.At(0.99):F0}, first time {first:F0}), by position in {positions.Median:F0} ms"
        );
    }

    private static double Time(Func<int> count)
    {
        var start = Stopwatch.GetTimestamp();
        _ = count();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static List<MembershipFact> Draw(DateOnly begin)
    {
        const int Seed = 20;
        var random = new Random(Seed);
        string[] positions = ["student", "postdoc", "staff", "professor", "engineer", "technician", "guest", "emeritus", "administration"];
        var ids = Enumerable.Range(0, People).Select(_ => Guid.CreateVersion7()).ToArray();
        return
        [
            .. Enumerable
                .Range(0, Memberships)
                .Select(i =>
                {
                    var from = begin.AddDays(random.Next(Years * 365));
                    DateOnly? until = random.Next(3) == 0 ? null : from.AddDays(1 + random.Next(2_000));
                    var position = positions[random.Next(positions.Length)];
                    return new MembershipFact(ids[i % People], ids[0], "DE", position, MembershipCategory.Full, from, until);
                }),
        ];
    }
}

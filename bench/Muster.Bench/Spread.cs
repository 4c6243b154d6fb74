namespace Muster.Bench;

/// <summary>Percentiles of what was seen, nearest rank.</summary>
internal sealed class Spread(IEnumerable<double> seen)
{
    private readonly double[] sorted = [.. seen.Order()];

    public double At(double share) => sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];

    public double Median => At(0.5);
}

using System.Diagnostics;

namespace Muster.Server.Storage;

/// <summary>
/// The spans of the process: one around every commit and one around every effect that leaves it.
/// They cost nothing while nobody listens.
/// </summary>
internal static class Tracing
{
    public const string SourceName = "Muster";

    public static readonly ActivitySource Source = new(SourceName);

    public static Activity? Effect(string kind, string order) =>
        Source.StartActivity("effect")?.SetTag("kind", kind).SetTag("order", order);
}

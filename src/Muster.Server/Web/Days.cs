using System.Globalization;
using Muster.Core;
using Muster.Core.Calendar;

namespace Muster.Server.Web;

/// <summary>Days as people type them and as the core counts: a form asks for the last day, an interval ends before the day after.</summary>
internal static class Days
{
    /// <summary>The day of a field in ISO form; null when it is empty.</summary>
    /// <returns><c>day.unreadable</c> at the field.</returns>
    public static Result<DateOnly?> Of(IFormCollection form, string field)
    {
        var text = form.Text(field);
        if (string.IsNullOrWhiteSpace(text))
            return (DateOnly?)null;
        return IsoDay.Read(text.Trim()) is { } day ? (DateOnly?)day : new Refusal("day.unreadable", field);
    }

    /// <summary>The first day after the last day of a field; null when it is empty.</summary>
    public static Result<DateOnly?> After(IFormCollection form, string field) =>
        Of(form, field).TryGet(out var last, out var why) ? last?.AddDays(1) : why;

    /// <summary>The day a list is asked for; <paramref name="today"/> where none is named.</summary>
    /// <returns><c>day.unreadable</c> at the field.</returns>
    public static Result<DateOnly> OfQuery(string? on, DateOnly today, string field = "on") =>
        string.IsNullOrWhiteSpace(on) ? today
        : IsoDay.Read(on.Trim()) is { } day ? day
        : new Refusal("day.unreadable", field);

    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The last day of what ends before <paramref name="until"/>, for a form or a page.</summary>
    public static string? LastIso(DateOnly? until) => until is { } day ? Iso(day.AddDays(-1)) : null;

    public static DateTimeOffset Start(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}

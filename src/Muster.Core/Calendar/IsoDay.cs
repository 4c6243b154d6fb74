using System.Globalization;

namespace Muster.Core.Calendar;

/// <summary>Days as they are written in forms, files and addresses: <c>2027-03-31</c> (ISO 8601).</summary>
public static class IsoDay
{
    private const int EarliestYear = 1900;

    /// <summary>Null where the text is no such day, lies before 1900, or has no day after it.</summary>
    public static DateOnly? Read(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day.Year >= EarliestYear
        && day < DateOnly.MaxValue
            ? day
            : null;
}

namespace Muster.Server.Operator;

/// <summary>How the verbs speak: data to standard output, talk to standard error, <c>muster:</c> before each line of it.</summary>
internal static class Terminal
{
    public const int Done = 0;
    public const int Refused = 1;
    public const int Misuse = 2;
    public const int Unreachable = 3;

    public static int Fail(int code, string sentence, string? hint = null)
    {
        Console.Error.WriteLine($"muster: {sentence}");
        if (hint is not null)
            Console.Error.WriteLine($"hint: {hint}");
        return code;
    }

    public static int Fail(DataFolder.Unusable unusable) => Fail(unusable.Exit, unusable.Message, unusable.Hint);

    /// <summary>Wrong settings are told all at once.</summary>
    public static int WrongSettings(IEnumerable<string> problems)
    {
        foreach (var problem in problems)
            Say(problem);
        return Fail(Misuse, VerbTexts.Get("serve.settings"), VerbTexts.Get("serve.settings.hint"));
    }

    public static void Say(string sentence) => Console.Error.WriteLine($"muster: {sentence}");
}

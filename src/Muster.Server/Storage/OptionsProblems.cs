using Microsoft.Extensions.Options;

namespace Muster.Server.Storage;

/// <summary>Reports every violation of an options class at once; the process does not start while there is one.</summary>
internal sealed class OptionsProblems<T> : IValidateOptions<T>
    where T : class
{
    private readonly Func<T, IEnumerable<string>> find;

    private OptionsProblems(Func<T, IEnumerable<string>> find) => this.find = find;

    public static OptionsProblems<T> From(Func<T, IEnumerable<string>> find) => new(find);

    public ValidateOptionsResult Validate(string? name, T options)
    {
        var problems = find(options).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}

internal static class OptionsRegistration
{
    /// <summary>Binds <paramref name="section"/>, validates it whole, and refuses to start on a violation.</summary>
    public static void AddCheckedOptions<T>(this IServiceCollection services, string section, Func<T, IEnumerable<string>> problems)
        where T : class
    {
        services.AddOptions<T>().BindConfiguration(section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<T>>(OptionsProblems<T>.From(problems));
    }
}

using System.Diagnostics.CodeAnalysis;

namespace Muster.Core;

/// <summary>A value, or the one refusal that explains why there is none. The default value is not usable and throws when read.</summary>
public readonly struct Result<T>
{
    private readonly T? value;
    private readonly Refusal? refusal;
    private readonly bool made;

    private Result(T? value, Refusal? refusal)
    {
        this.value = value;
        this.refusal = refusal;
        made = true;
    }

    public bool IsSuccess => made && refusal is null;

    /// <exception cref="InvalidOperationException">The result is a refusal, or the default value.</exception>
    public T Value => IsSuccess ? value! : throw new InvalidOperationException($"No value: {refusal?.Code ?? "default result"}.");

    /// <exception cref="InvalidOperationException">The result is a success, or the default value.</exception>
    public Refusal Refusal => refusal ?? throw new InvalidOperationException("No refusal: the result is a success or was never made.");

    /// <summary>True with the value, or false with the refusal; exactly one of the two is set.</summary>
    public bool TryGet([NotNullWhen(true)] out T? got, [NotNullWhen(false)] out Refusal? why)
    {
        got = IsSuccess ? value : default;
        why = IsSuccess ? null : Refusal;
        return IsSuccess;
    }

    public Result<TNext> Then<TNext>(Func<T, Result<TNext>> next) => IsSuccess ? next(value!) : Refusal;

    public Result<TNext> Select<TNext>(Func<T, TNext> next) => IsSuccess ? next(value!) : Refusal;

#pragma warning disable CA2225, CA1000 // the conversions are the constructor
    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Refusal refusal) => new(default, refusal);
#pragma warning restore CA2225, CA1000
}

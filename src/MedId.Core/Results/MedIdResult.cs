using System.Diagnostics.CodeAnalysis;

namespace MedId.Core;

/// <summary>The outcome of judging untrusted input: a value, or the reason of the refusal. Never both, never neither.</summary>
/// <typeparam name="T">What an accepted input turns into.</typeparam>
public sealed class MedIdResult<T>
    where T : notnull
{
    private MedIdResult(T? value, MedIdError? error)
    {
        Value = value;
        Error = error;
    }

    /// <summary>Whether the input was accepted.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Error is null;

    /// <summary>The value; default when refused.</summary>
    public T? Value { get; }

    /// <summary>The refusal; null when accepted.</summary>
    public MedIdError? Error { get; }

    /// <summary>An accepted value.</summary>
    public static implicit operator MedIdResult<T>(T value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(value, null);
    }

    /// <summary>A refusal.</summary>
    public static implicit operator MedIdResult<T>(MedIdError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return new(default, error);
    }

    /// <summary>Hands the value to the next step, or the refusal on.</summary>
    /// <typeparam name="TNext">What the next step gives.</typeparam>
    /// <param name="next">The next step; called only for an accepted value.</param>
    /// <returns>The next step's result, or this refusal.</returns>
    public MedIdResult<TNext> Then<TNext>(Func<T, MedIdResult<TNext>> next)
        where TNext : notnull
    {
        ArgumentNullException.ThrowIfNull(next);
        return Succeeded ? next(Value) : Error;
    }

    /// <inheritdoc/>
    public override string ToString() => Succeeded ? "accepted" : Error.ToString();
}

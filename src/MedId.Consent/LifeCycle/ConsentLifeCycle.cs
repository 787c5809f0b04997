using MedId.Core;

namespace MedId.Consent;

/// <summary>The life of a consent as a table of states and events. What the table does not name does not happen: nothing brings an ended consent back.</summary>
public static class ConsentLifeCycle
{
    private static readonly Dictionary<(ConsentState State, ConsentEventKind Kind), ConsentState> Steps = new()
    {
        [(ConsentState.None, ConsentEventKind.Asked)] = ConsentState.Asked,

        [(ConsentState.Asked, ConsentEventKind.Given)] = ConsentState.Given,
        [(ConsentState.Asked, ConsentEventKind.Refused)] = ConsentState.Refused,
        [(ConsentState.Asked, ConsentEventKind.Expired)] = ConsentState.Expired,
        [(ConsentState.Asked, ConsentEventKind.Superseded)] = ConsentState.Superseded,

        [(ConsentState.Given, ConsentEventKind.Narrowed)] = ConsentState.Narrowed,
        [(ConsentState.Given, ConsentEventKind.Read)] = ConsentState.Given,
        [(ConsentState.Given, ConsentEventKind.Withdrawn)] = ConsentState.Withdrawn,
        [(ConsentState.Given, ConsentEventKind.Expired)] = ConsentState.Expired,
        [(ConsentState.Given, ConsentEventKind.Superseded)] = ConsentState.Superseded,
        [(ConsentState.Given, ConsentEventKind.Told)] = ConsentState.Given,

        [(ConsentState.Narrowed, ConsentEventKind.Narrowed)] = ConsentState.Narrowed,
        [(ConsentState.Narrowed, ConsentEventKind.Read)] = ConsentState.Narrowed,
        [(ConsentState.Narrowed, ConsentEventKind.Withdrawn)] = ConsentState.Withdrawn,
        [(ConsentState.Narrowed, ConsentEventKind.Expired)] = ConsentState.Expired,
        [(ConsentState.Narrowed, ConsentEventKind.Superseded)] = ConsentState.Superseded,
        [(ConsentState.Narrowed, ConsentEventKind.Told)] = ConsentState.Narrowed,

        [(ConsentState.Refused, ConsentEventKind.Told)] = ConsentState.Refused,
        [(ConsentState.Withdrawn, ConsentEventKind.Told)] = ConsentState.Withdrawn,
        [(ConsentState.Expired, ConsentEventKind.Told)] = ConsentState.Expired,
        [(ConsentState.Superseded, ConsentEventKind.Told)] = ConsentState.Superseded,
    };

    /// <summary>The state after an event.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="kind">What happened.</param>
    /// <returns>The state; <c>consent.life_cycle</c> where this cannot happen in that state.</returns>
    public static MedIdResult<ConsentState> Next(ConsentState state, ConsentEventKind kind) => Steps.TryGetValue((state, kind), out var next)
        ? next
        : new MedIdError(ConsentErrorCodes.LifeCycle, ErrorCategory.State, "MedIdSdk consent life cycle", $"{kind} does not happen to a consent that is {state}");

    /// <summary>Whether data may flow in a state. Time is another matter: an end that has come without its event ends the consent all the same.</summary>
    /// <param name="state">The state.</param>
    public static bool LetsDataFlow(ConsentState state) => state is ConsentState.Given or ConsentState.Narrowed;

    /// <summary>The state of an event's kind as data spells it: <c>given</c>.</summary>
    /// <param name="kind">The kind.</param>
    /// <exception cref="ArgumentOutOfRangeException">No kind.</exception>
    public static string NameOf(ConsentEventKind kind) => kind switch
    {
        ConsentEventKind.Asked => "asked",
        ConsentEventKind.Given => "given",
        ConsentEventKind.Refused => "refused",
        ConsentEventKind.Narrowed => "narrowed",
        ConsentEventKind.Read => "read",
        ConsentEventKind.Withdrawn => "withdrawn",
        ConsentEventKind.Expired => "expired",
        ConsentEventKind.Superseded => "superseded",
        ConsentEventKind.Told => "told",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    internal static ConsentEventKind? KindOf(string name)
    {
        for (var kind = ConsentEventKind.Asked; kind <= ConsentEventKind.Told; kind++)
        {
            if (string.Equals(NameOf(kind), name, StringComparison.Ordinal))
            {
                return kind;
            }
        }

        return null;
    }
}

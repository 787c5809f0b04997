using System.Globalization;
using MedId.Cryptography;

namespace MedId.OAuth;

/// <summary>
/// The nonces that a server asks DPoP proofs to carry (RFC 9449 §8, §9): a keyed MAC over a step of time. Nothing is stored, every node with the key makes and takes the
/// same ones, and a nonce is unknown before its step begins.
/// </summary>
/// <remarks>The nonces of the step before and of the step after are taken too, so that a client that asked at the end of a step and nodes whose clocks differ by less than a step agree.</remarks>
public sealed class DpopNonces
{
    /// <summary>How long a step is unless told otherwise: one minute, so that a nonce is good for one to two minutes.</summary>
    public static readonly TimeSpan DefaultStep = TimeSpan.FromMinutes(1);

    private readonly KeyedDigest _key;
    private readonly KeyedDigest? _previousKey;
    private readonly string _context;
    private readonly long _step;
    private Window? _window;

    /// <summary>The nonces of one server.</summary>
    /// <param name="key">The operator's key, the same on every node, used for nothing else.</param>
    /// <param name="server">Who gives the nonces: an issuer, or a resource. Nonces of one server are none of another's.</param>
    /// <param name="step">How long a step is; from 10 seconds to an hour.</param>
    /// <param name="previousKey">The key before, whose nonces are still taken while nodes change over; null for none.</param>
    /// <exception cref="ArgumentException">A step out of its bounds.</exception>
    public DpopNonces(KeyedDigest key, string server, TimeSpan? step = null, KeyedDigest? previousKey = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentException.ThrowIfNullOrEmpty(server);
        var length = step ?? DefaultStep;
        if (length < TimeSpan.FromSeconds(10) || length > TimeSpan.FromHours(1))
        {
            throw new ArgumentException("A step is from 10 seconds to an hour.", nameof(step));
        }

        _key = key;
        _previousKey = previousKey;
        _context = "dpop-nonce/" + server;
        _step = length.Ticks;
    }

    /// <summary>The nonce to give now.</summary>
    /// <param name="now">Now.</param>
    public string Current(DateTimeOffset now) => At(now).Given;

    /// <summary>Whether a proof's nonce is one that this server gave lately.</summary>
    /// <param name="nonce">The proof's <c>nonce</c>; null where it has none.</param>
    /// <param name="now">Now.</param>
    public bool Accepts(string? nonce, DateTimeOffset now) => nonce is not null && Array.Exists(At(now).Taken, one => SecretDigest.FixedTimeEquals(one, nonce));

    /// <summary>Nothing of the key.</summary>
    public override string ToString() => $"DPoP nonces of {_context["dpop-nonce/".Length..]}, a step is {TimeSpan.FromTicks(_step)}";

    private Window At(DateTimeOffset now)
    {
        var step = now.UtcTicks / _step;
        if (Volatile.Read(ref _window) is { } window && window.Step == step)
        {
            return window;
        }

        var given = Make(_key, step);
        string[] own = [given, Make(_key, step - 1), Make(_key, step + 1)];
        var made = new Window(step, given, _previousKey is null ? own : [.. own, Make(_previousKey, step), Make(_previousKey, step - 1), Make(_previousKey, step + 1)]);
        Volatile.Write(ref _window, made);
        return made;
    }

    private string Make(KeyedDigest key, long step) => key.Compute(_context, step.ToString(CultureInfo.InvariantCulture));

    private sealed record Window(long Step, string Given, string[] Taken);
}

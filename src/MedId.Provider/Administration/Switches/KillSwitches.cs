namespace MedId.Provider;

/// <summary>What is stopped now, as this node knows it: by a signal at once, otherwise within <see cref="SettingCache.MaxAge"/>. When the settings cannot be read the question fails, and with it what asked.</summary>
public sealed class KillSwitches
{
    private readonly SettingCache _settings;
    private Standing _standing = new([], []);

    /// <summary>Makes a reader.</summary>
    /// <param name="settings">The settings of the tenant.</param>
    public KillSwitches(SettingCache settings) => _settings = settings;

    /// <summary>Whether something is stopped.</summary>
    /// <param name="target">What.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<bool> IsStoppedAsync(KillSwitchTarget target, CancellationToken cancellationToken = default) =>
        (await StandingAsync(cancellationToken).ConfigureAwait(false)).Engaged.ContainsKey(target);

    /// <summary>Whether tokens that are out are inactive, whoever has them.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<bool> AreIssuedTokensStoppedAsync(CancellationToken cancellationToken = default) =>
        (await StandingAsync(cancellationToken).ConfigureAwait(false)).Engaged.TryGetValue(KillSwitchTarget.Tokens, out var line) && line.IncludesIssued;

    /// <summary>Whether any model is stopped, so that somebody has to look at models.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<bool> IsAnyModelStoppedAsync(CancellationToken cancellationToken = default) =>
        (await StandingAsync(cancellationToken).ConfigureAwait(false)).Engaged.Keys.Any(static target => target.Kind == KillSwitchKind.Model);

    /// <summary>Every switch that is engaged, and those that were released.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<IReadOnlyList<KillSwitch>> ListAsync(CancellationToken cancellationToken = default) =>
        (await StandingAsync(cancellationToken).ConfigureAwait(false)).All;

    private async ValueTask<Standing> StandingAsync(CancellationToken cancellationToken)
    {
        var settings = await _settings.ListAsync(SettingKinds.Switch, cancellationToken).ConfigureAwait(false);
        var standing = Volatile.Read(ref _standing);
        if (!ReferenceEquals(standing.Settings, settings))
        {
            standing = new(settings, [.. settings.Select(KillSwitchJson.Read)]);
            Volatile.Write(ref _standing, standing);
        }

        return standing;
    }

    private sealed class Standing(IReadOnlyList<Setting> settings, IReadOnlyList<KillSwitch> all)
    {
        public IReadOnlyList<Setting> Settings { get; } = settings;

        public IReadOnlyList<KillSwitch> All { get; } = all;

        public Dictionary<KillSwitchTarget, KillSwitch> Engaged { get; } = all.Where(static line => line.Engaged).ToDictionary(static line => line.Target);
    }
}

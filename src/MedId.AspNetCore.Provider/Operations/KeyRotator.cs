using MedId.Provider;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MedId.AspNetCore.Provider;

/// <summary>Rotates signing keys by their age. Of several nodes one does each step; an OP that is to make its own keys has one when it starts.</summary>
internal sealed class KeyRotator(IServiceProvider services, TimeProvider time, ILogger<ProviderLog> log) : PeriodicWork("rotating keys", TimeSpan.FromMinutes(1), time, log)
{
    private readonly ILogger<ProviderLog> _log = log;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var desk = services.GetRequiredService<SigningKeyDesk>();
        List<string> wrong = [.. services.GetRequiredService<KeyRotationOptions>().Validate(), .. desk.RefuseRotation()];
        if (wrong.Count > 0)
        {
            throw new OptionsValidationException(nameof(KeyRotationOptions), typeof(KeyRotationOptions), wrong);
        }

        await desk.RotateAsync(cancellationToken).ConfigureAwait(false);
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override Func<CancellationToken, ValueTask>? Prepare()
    {
        var desk = services.GetRequiredService<SigningKeyDesk>();
        return async cancellationToken =>
        {
            var steps = await desk.RotateAsync(cancellationToken).ConfigureAwait(false);
            if (steps > 0)
            {
                Log.KeysRotated(_log, steps);
            }
        };
    }
}

using MedId.Ciba.Client;
using MedId.Consumers.TestSupport;
using MedId.Core;
using MedId.OAuth;

namespace MedId.AspNetCore.RelyingParty.Tests;

public sealed class LoggingOutcomeHandlerTests
{
    [Fact]
    public async Task HandleAsync_HandlerThatThrows_IsLoggedByTheTypeAlone()
    {
        using var log = new CapturedLog();
        var handler = new LoggingOutcomeHandler(new Failing(), log.CreateLogger("MedId"));
        var outcome = new CibaOutcome { Id = "0123", Op = "op-a", Reference = "chart-4711", Result = new MedIdError(OAuthErrorCodes.AccessDenied, ErrorCategory.State, "CIBA Core §11") };

        await Assert.ThrowsAsync<InvalidDataException>(() => handler.HandleAsync(outcome).AsTask());

        Assert.Equal(2, log.Lines.Count);
        Assert.Contains(nameof(InvalidDataException), log.Lines[1], StringComparison.Ordinal);
        Assert.All(log.Lines, line => Assert.DoesNotContain("chart-4711", line, StringComparison.Ordinal));
    }

    private sealed class Failing : ICibaOutcomeHandler
    {
        public ValueTask HandleAsync(CibaOutcome outcome, CancellationToken cancellationToken = default) => throw new InvalidDataException("no room for " + outcome.Reference);
    }
}

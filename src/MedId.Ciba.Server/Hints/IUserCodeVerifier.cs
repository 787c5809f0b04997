namespace MedId.Ciba.Server;

/// <summary>Verifies user codes (CIBA Core §7.1.2) and bounds guessing: attempts are counted with the judgement, in one step.</summary>
public interface IUserCodeVerifier
{
    /// <summary>Judges a user code.</summary>
    /// <param name="check">Whose code, and which.</param>
    /// <param name="cancellationToken">Cancels.</param>
    ValueTask<UserCodeVerdict> VerifyAsync(UserCodeCheck check, CancellationToken cancellationToken = default);
}

namespace MedId.Ciba.Server;

/// <summary>Verifies user codes (CIBA Core §7.1.2) and bounds guessing: attempts are counted with the judgement, in one step.</summary>
public interface IUserCodeVerifier
{
    /// <summary>Whether a request without a user code is not asked for one, because nobody will be disturbed by it (§7.1.2 guards against that): it is decided or refused without asking a device.</summary>
    /// <param name="parameters">The request, from a signed request where the OP asks for one.</param>
    /// <returns>False, unless the OP knows such requests.</returns>
    bool IsWaived(BackchannelParameters parameters) => false;

    /// <summary>Judges a user code.</summary>
    /// <param name="check">Whose code, and which; where <see cref="UserCodeCheck.NamesNobody"/> says so, nobody's.</param>
    /// <param name="cancellationToken">Cancels.</param>
    ValueTask<UserCodeVerdict> VerifyAsync(UserCodeCheck check, CancellationToken cancellationToken = default);
}

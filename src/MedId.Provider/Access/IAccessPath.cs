using MedId.Core;

namespace MedId.Provider;

/// <summary>
/// A way by which a request is decided without asking a device at this moment. Paths are judged in the order of their registration, after the doctor's evidence, the account, scopes and purpose are known and
/// before anybody is disturbed; the first that decides or refuses ends it. An OP that registers none asks at every request.
/// </summary>
public interface IAccessPath
{
    /// <summary>The ground on which it decides. Its protocol word (<see cref="GroundProtocols"/>) has to stand in a row of the OP's <see cref="AcrTable"/>, or the path is not taken.</summary>
    ConsentGroundKind Kind { get; }

    /// <summary>Judges a request. Consumes nothing: what is used once is returned with the decision, and counted when it is approved.</summary>
    /// <param name="query">The request.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Not this path's, a decision, or a refusal.</returns>
    ValueTask<AccessPathAnswer> TryAsync(AccessQuery query, CancellationToken cancellationToken = default);
}

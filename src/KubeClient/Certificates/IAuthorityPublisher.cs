namespace KubeFed.KubeClient.Certificates;

/// <summary>Gives clients the authorities that they are to trust.</summary>
public interface IAuthorityPublisher
{
    /// <summary>Publishes a bundle wherever it is to be and is not yet; writes nothing that is in order.</summary>
    /// <param name="bundle">Certificates in PEM.</param>
    /// <param name="cancellationToken">Ends the requests.</param>
    /// <returns>Whether it is everywhere now; false where something that is to hold it does not exist yet.</returns>
    /// <exception cref="ApiMachinery.Errors.StatusException">The API server refuses a request.</exception>
    Task<bool> PublishAsync(string bundle, CancellationToken cancellationToken);
}

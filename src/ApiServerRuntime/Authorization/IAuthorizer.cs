namespace KubeFed.ApiServerRuntime.Authorization;

/// <summary>Says who may do what.</summary>
public interface IAuthorizer
{
    /// <summary>Decides. An exception means that it could not be found out: the request answers 500.</summary>
    ValueTask<AuthorizationDecision> AuthorizeAsync(AuthorizationAttributes attributes, CancellationToken cancellationToken);
}

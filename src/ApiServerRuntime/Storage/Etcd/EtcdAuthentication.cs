using KubeFed.ApiServerRuntime.Storage.Etcd.Grpc;
using KubeFed.ApiServerRuntime.Storage.Etcd.Wire;
using Microsoft.Extensions.Logging;

namespace KubeFed.ApiServerRuntime.Storage.Etcd;

/// <summary>The token that goes with every call of a user with a password. One log-in at a time, whoever waits for it.</summary>
internal sealed class EtcdAuthentication(EtcdStorageOptions options, ILogger logger) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private volatile string? _token;

    public bool IsNeeded => !string.IsNullOrEmpty(options.UserName);

    /// <summary>The token, after a log-in when there is none; empty when etcd asks for none.</summary>
    /// <param name="refused">A token that is not to be returned, since the server does not know it any more.</param>
    /// <param name="logIn">Sends the request.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="StorageUnavailableException">The password file cannot be read.</exception>
    public async ValueTask<string> GetTokenAsync(
        string? refused, Func<AuthenticateRequest, Task<AuthenticateResponse>> logIn, CancellationToken cancellationToken)
    {
        if (_token is { } known && known != refused)
        {
            return known;
        }

        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_token is { } renewed && renewed != refused)
            {
                return renewed;
            }

            var answer = await logIn(new AuthenticateRequest { Name = options.UserName, Password = ReadPassword() });
            EtcdLog.LoggedIn(logger, options.UserName!);
            return _token = answer.Token;
        }
        catch (GrpcException e) when (EtcdErrors.IsAuthenticationOff(e))
        {
            return _token = "";
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private string ReadPassword()
    {
        try
        {
            return File.ReadAllText(options.PasswordFile!).TrimEnd('\r', '\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageUnavailableException($"the file of the password for etcd cannot be read: {e.Message}", e);
        }
    }
}

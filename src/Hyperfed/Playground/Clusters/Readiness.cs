using KubeFed.ApiMachinery.Errors;
using KubeFed.KubeClient.Dynamic;

namespace KubeFed.Hyperfed.Playground.Clusters;

/// <summary>Waits for API servers.</summary>
internal static class Readiness
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    /// <summary>Returns when a path is answered with 200. No answer counts as not yet.</summary>
    /// <param name="client">The API server's.</param>
    /// <param name="path">The path.</param>
    /// <param name="check">Throws when there is nothing to wait for any more.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">It was not within three minutes.</exception>
    public static async Task WaitAsync(IDynamicClient client, string path, Action check, TimeProvider time, CancellationToken cancellationToken)
    {
        long began = time.GetTimestamp();
        while (!await IsAnsweredAsync(client, path, cancellationToken))
        {
            check();
            if (time.GetElapsedTime(began) > Limit)
            {
                throw new TimeoutException($"{path} was not answered within {Limit.TotalMinutes:0} minutes");
            }

            await Task.Delay(Period, time, cancellationToken);
        }
    }

    private static async Task<bool> IsAnsweredAsync(IDynamicClient client, string path, CancellationToken cancellationToken)
    {
        try
        {
            return (await client.GetPathAsync(path, cancellationToken)).Code == 200;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or StatusException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }
}

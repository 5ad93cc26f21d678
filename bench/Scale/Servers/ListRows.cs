namespace KubeFed.Scale.Servers;

/// <summary>What lists cost: objects a second, so that numbers of objects can be compared.</summary>
internal sealed class ListRows(MeasuredServer server, int objects, TimeProvider time)
{
    private const int PageSize = 500;

    public Task<Sample> WholeAsync(CancellationToken cancellationToken) => OneAsync("", gzip: false, cancellationToken);

    public Task<Sample> CompressedAsync(CancellationToken cancellationToken) => OneAsync("", gzip: true, cancellationToken);

    public Task<Sample> CachedAsync(CancellationToken cancellationToken) => OneAsync("?resourceVersion=0", gzip: false, cancellationToken);

    public Task<Sample> PagedAsync(CancellationToken cancellationToken) => MeasureAsync(async client =>
    {
        var next = "";
        do
        {
            next = (await client.GetAsync($"{Path}?limit={PageSize}{(next.Length > 0 ? "&continue=" + next : "")}", cancellationToken)).Continue;
        }
        while (next.Length > 0);
    });

    private static string Path => Subject.Path(Namespaces.List);

    private Task<Sample> OneAsync(string query, bool gzip, CancellationToken cancellationToken) => MeasureAsync(async client =>
    {
        var answer = await client.GetAsync(Path + query, cancellationToken, gzip);
        if (!gzip && answer.Length < (long)objects * Subject.Size / 2)
        {
            throw new MeasurementException($"{server.Name}: a list of {objects} objects has {answer.Length} bytes");
        }
    });

    private async Task<Sample> MeasureAsync(Func<LoadClient, Task> list)
    {
        var start = time.GetTimestamp();
        var cpu = server.CpuSeconds;
        await list(server.Client(0));
        return new Sample(time.GetElapsedTime(start).TotalMilliseconds, (server.CpuSeconds - cpu) * 1e6 / objects);
    }
}

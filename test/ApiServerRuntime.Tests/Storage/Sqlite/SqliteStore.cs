using System.Diagnostics.Metrics;
using System.Text;
using KubeFed.ApiServerRuntime.Storage;
using KubeFed.ApiServerRuntime.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace KubeFed.ApiServerRuntime.Tests.Storage.Sqlite;

/// <summary>Opens stores, and what tests do with them again and again.</summary>
internal static class SqliteStore
{
    private static readonly ServiceProvider Services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public static Task<SqliteStorage> OpenAsync(string path, TimeProvider? time = null) =>
        OpenAsync(new SqliteStorageOptions { Path = path }, time);

    public static Task<SqliteStorage> OpenAsync(SqliteStorageOptions options, TimeProvider? time = null, IMeterFactory? meters = null) =>
        SqliteStorage.OpenAsync(
            options,
            time ?? TimeProvider.System,
            new SqliteStorageMetrics(meters ?? Services.GetRequiredService<IMeterFactory>()),
            NullLogger<SqliteStorage>.Instance,
            CancellationToken.None);

    public static Task<StorageWriteResult> CreateAsync(this IStorage store, string key, string value = "v") =>
        store.CreateAsync(key, Encoding.UTF8.GetBytes(value), null, CancellationToken.None);

    public static Task<StorageWriteResult> UpdateAsync(this IStorage store, string key, long expected, string value) =>
        store.UpdateAsync(key, Encoding.UTF8.GetBytes(value), expected, null, CancellationToken.None);

    public static Task<StoragePage> ListAsync(this IStorage store, string prefix, long revision = 0) =>
        store.ListAsync(prefix, new StorageListOptions { Revision = revision }, CancellationToken.None);

    public static string Text(this StoredValue value) => Encoding.UTF8.GetString(value.Value.Span);

    /// <summary>The events after a revision up to the newest there is now.</summary>
    public static async Task<List<StorageEvent>> EventsAsync(this IStorage store, long afterRevision)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var newest = (await store.ListAsync("/nothing/")).Revision;
        List<StorageEvent> events = [];
        if (afterRevision < newest)
        {
            await foreach (var batch in store.WatchAsync("/", afterRevision, limit.Token))
            {
                events.AddRange(batch.Events);
                if (batch.Revision >= newest)
                {
                    break;
                }
            }
        }

        return events;
    }

    public static async Task<T> CatchAsync<T>(Func<Task> action)
        where T : Exception
    {
        try
        {
            await action();
        }
        catch (T e)
        {
            return e;
        }

        throw new AssertionException($"no {typeof(T).Name} was thrown");
    }
}

using System.Text;
using KubeFed.ApiServerRuntime.Storage;
using KubeFed.TestSupport.Time;

namespace KubeFed.Conformance.Storage;

/// <summary>
/// What every <see cref="IStorage"/> does. Each test has a store of its own. Revisions are only held to rise, since a store may take some
/// for itself.
/// </summary>
public abstract partial class StorageContract
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private CancellationTokenSource _limit = null!;

    private protected IStorage Store { get; private set; } = null!;

    private protected FakeTimeProvider Clock { get; private set; } = null!;

    /// <summary>Ends every call of a test that takes too long.</summary>
    private protected CancellationToken Limit => _limit.Token;

    /// <summary>Whether what was written is there after <see cref="ReopenAsync"/>.</summary>
    private protected virtual bool Persists => false;

    [SetUp]
    public async Task OpenStoreAsync()
    {
        _limit = new CancellationTokenSource(Patience);
        Clock = new FakeTimeProvider();
        Store = await OpenAsync();
    }

    [TearDown]
    public async Task CloseStoreAsync()
    {
        if (Store is not null)
        {
            await Store.DisposeAsync();
        }

        _limit.Dispose();
    }

    /// <summary>A new, empty store, on <see cref="Clock"/> if it takes its time from a provider.</summary>
    private protected abstract Task<IStorage> OpenAsync();

    /// <summary>A store with what the one before it, now closed, had.</summary>
    private protected virtual Task<IStorage> OpenAgainAsync() => throw new NotSupportedException("the store does not persist");

    /// <summary>Lets time pass for the store; one that lives by the real clock need do nothing, since the tests wait.</summary>
    private protected virtual void Advance(TimeSpan time) => Clock.Advance(time);

    private async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        Store = await OpenAgainAsync();
    }

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(StoredValue? value) => value is null ? "none" : Encoding.UTF8.GetString(value.Value.Span);

    private static string Describe(StorageEvent e) => $"{e.Key}: {Text(e.Previous)} -> {Text(e.Value)}";

    private async Task<long> CreateAsync(string key, string value = "v", TimeSpan? timeToLive = null)
    {
        var result = await Store.CreateAsync(key, Bytes(value), timeToLive, Limit);
        Assert.That(result.Succeeded, Is.True, $"create of {key}");
        return result.Revision;
    }

    private async Task<long> UpdateAsync(string key, string value, long expected, TimeSpan? timeToLive = null)
    {
        var result = await Store.UpdateAsync(key, Bytes(value), expected, timeToLive, Limit);
        Assert.That(result.Succeeded, Is.True, $"update of {key}");
        return result.Revision;
    }

    private async Task<long> DeleteAsync(string key, long expected)
    {
        var result = await Store.DeleteAsync(key, expected, Limit);
        Assert.That(result.Succeeded, Is.True, $"delete of {key}");
        return result.Revision;
    }

    private Task<StoragePage> ListAsync(string prefix, long revision = 0, int limit = 0, string? startKey = null) =>
        Store.ListAsync(prefix, new StorageListOptions { Revision = revision, Limit = limit, StartKey = startKey }, Limit);

    private static string[] Contents(StoragePage page) => [.. page.Items.Select(item => $"{item.Key}={Text(item)}")];
}

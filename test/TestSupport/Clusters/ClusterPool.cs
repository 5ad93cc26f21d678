namespace KubeFed.TestSupport.Clusters;

/// <summary>
/// Cluster sets that the test classes of one assembly share, so that not each pays for the start. A test in a shared set uses names of its
/// own and stops nothing; one that wants more for itself makes a set by <see cref="ClusterSet.CreateAsync(ClusterSetOptions?, CancellationToken)"/>.
/// The sets last until <see cref="DisposeAllAsync"/>, which an assembly calls by declaring a class that inherits
/// <see cref="ClusterPoolFixture"/>, or until the process ends.
/// </summary>
public static class ClusterPool
{
    private static readonly Dictionary<ClusterSetOptions, Task<ClusterSet>> Sets = [];
    private static readonly Lock Gate = new();

    /// <summary>The shared set with these options, made by the first caller; the others wait for it. Not to be disposed by the caller.</summary>
    public static Task<ClusterSet> GetAsync(ClusterSetOptions? options = null)
    {
        var provider = ClusterProviders.Require();
        var key = options ?? new ClusterSetOptions();
        lock (Gate)
        {
            if (!Sets.TryGetValue(key, out var set))
            {
                set = Task.Run(() => ClusterSet.CreateAsync(provider, key));
                Sets.Add(key, set);
            }

            return set;
        }
    }

    /// <summary>Removes all shared sets. A later <see cref="GetAsync"/> makes new ones.</summary>
    public static async Task DisposeAllAsync()
    {
        Task<ClusterSet>[] sets;
        lock (Gate)
        {
            sets = [.. Sets.Values];
            Sets.Clear();
        }

        foreach (var set in sets)
        {
            if (await SucceededAsync(set))
            {
                await (await set).DisposeAsync();
            }
        }
    }

    private static async Task<bool> SucceededAsync(Task task)
    {
        await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return task.IsCompletedSuccessfully;
    }
}

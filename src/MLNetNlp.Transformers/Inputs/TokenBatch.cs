using static TorchSharp.torch;

namespace MLNetNlp.Transformers.Inputs;

/// <summary>Texts padded to the longest of them, as an encoder takes them.</summary>
public sealed class TokenBatch : IDisposable
{
    /// <summary>A batch from tensors that are there already; the batch owns them from now on.</summary>
    /// <param name="inputIds">Token ids, [batch, length], int64.</param>
    /// <param name="attentionMask">1 for a token, 0 for padding, [batch, length], int64. Null: no padding anywhere.</param>
    /// <param name="tokenTypeIds">Token types (segments), [batch, length], int64. Null: all 0.</param>
    /// <exception cref="ArgumentException">Shapes that disagree.</exception>
    public TokenBatch(Tensor inputIds, Tensor? attentionMask = null, Tensor? tokenTypeIds = null)
    {
        if (inputIds.dim() != 2 || inputIds.shape[0] == 0 || inputIds.shape[1] == 0)
        {
            throw new ArgumentException(
                $"{nameof(inputIds)} is [{string.Join(", ", inputIds.shape)}]; [batch, length] is needed, both at least 1.", nameof(inputIds));
        }

        CheckShape(attentionMask, inputIds, nameof(attentionMask));
        CheckShape(tokenTypeIds, inputIds, nameof(tokenTypeIds));
        InputIds = inputIds;
        AttentionMask = attentionMask ?? ones_like(inputIds);
        TokenTypeIds = tokenTypeIds ?? zeros_like(inputIds);
        using var scope = NewDisposeScope();
        HasPadding = attentionMask is not null && attentionMask.min().item<long>() == 0;
        HasSecondSegment = tokenTypeIds is not null && tokenTypeIds.max().item<long>() != 0;
        LargestId = (int)inputIds.max().item<long>();
    }

    private TokenBatch(Tensor inputIds, Tensor attentionMask, Tensor tokenTypeIds, bool hasPadding, bool hasSecondSegment, int largestId)
    {
        InputIds = inputIds;
        AttentionMask = attentionMask;
        TokenTypeIds = tokenTypeIds;
        HasPadding = hasPadding;
        HasSecondSegment = hasSecondSegment;
        LargestId = largestId;
    }

    /// <summary>Token ids, [batch, length], int64, padded at the end.</summary>
    public Tensor InputIds { get; }

    /// <summary>1 for a token, 0 for padding; [batch, length], int64.</summary>
    public Tensor AttentionMask { get; }

    /// <summary>0 for the first sentence (and padding), 1 for the second; [batch, length], int64.</summary>
    public Tensor TokenTypeIds { get; }

    /// <summary>Whether any position is padding. Without padding an encoder needs no mask.</summary>
    public bool HasPadding { get; }

    /// <summary>Whether any token type is not 0.</summary>
    public bool HasSecondSegment { get; }

    /// <summary>The largest token id, so that an encoder can refuse what its vocabulary lacks before native code meets it.</summary>
    public int LargestId { get; }

    /// <summary>Embeddings in the place of the first tokens of every text, whose ids mean nothing: [count, size]; null: none.</summary>
    internal Tensor? Prompt { get; private init; }

    /// <summary>The position of every text's first token.</summary>
    internal long FirstPosition { get; private init; }

    /// <summary>Number of texts.</summary>
    public long BatchSize => InputIds.shape[0];

    /// <summary>Length of the longest text: the second dimension of every tensor here.</summary>
    public long Length => InputIds.shape[1];

    /// <summary>Pads some texts to the longest of them.</summary>
    /// <param name="texts">All texts.</param>
    /// <param name="rows">Which of them, in the order wanted; at least one.</param>
    /// <param name="paddingId">The id that fills up.</param>
    /// <param name="device">Where the tensors go.</param>
    public static TokenBatch Create(TokenizedTexts texts, ReadOnlySpan<int> rows, int paddingId, Device device)
    {
        if (rows.IsEmpty)
            throw new ArgumentException("A batch needs at least one text.", nameof(rows));
        var length = 0;
        foreach (var row in rows)
            length = Math.Max(length, texts.Length(row));

        var ids = new long[rows.Length * length];
        var mask = new long[ids.Length];
        var types = new long[ids.Length];
        var (hasPadding, hasSecondSegment, largestId) = (false, false, paddingId);
        for (var i = 0; i < rows.Length; i++)
        {
            var source = texts.IdsOf(rows[i]);
            var target = ids.AsSpan(i * length, length);
            for (var j = 0; j < source.Length; j++)
            {
                target[j] = source[j];
                largestId = Math.Max(largestId, source[j]);
            }

            target[source.Length..].Fill(paddingId);
            mask.AsSpan(i * length, source.Length).Fill(1);
            var first = texts.FirstLength(rows[i]);
            types.AsSpan(i * length + first, source.Length - first).Fill(1);
            hasPadding |= source.Length < length;
            hasSecondSegment |= first < source.Length;
        }

        var rowCount = rows.Length;
        return new TokenBatch(ToTensor(ids), ToTensor(mask), ToTensor(types), hasPadding, hasSecondSegment, largestId);

        Tensor ToTensor(long[] values) => tensor(values, [rowCount, length], device: device);
    }

    /// <summary>Some of the texts, padded to the longest of them: a batch of its own.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="count">How many; at least 1.</param>
    public TokenBatch Rows(long first, long count)
    {
        using var scope = NewDisposeScope();
        var mask = AttentionMask.narrow(0, first, count);
        // Padding is at the end, so the longest text's last token is the last column with any.
        var length = HasPadding ? (mask.max(0).values * arange(1, Length + 1, device: mask.device)).max().item<long>() : Length;
        var hasPadding = HasPadding && mask.narrow(1, 0, length).min().item<long>() == 0;
        return new TokenBatch(Cut(InputIds), Cut(AttentionMask), Cut(TokenTypeIds), hasPadding, HasSecondSegment, LargestId);

        Tensor Cut(Tensor tensor) => tensor.narrow(0, first, count).narrow(1, 0, Math.Max(1, length)).contiguous().DetachFromDisposeScope();
    }

    /// <summary>The texts with a prompt before each; the new tensors belong to the dispose scope that is open.</summary>
    /// <param name="prompt">Embeddings, [count, size].</param>
    /// <param name="placeholder">An id that stands for no padding.</param>
    internal TokenBatch After(Tensor prompt, long placeholder)
    {
        var count = prompt.shape[0];
        return new TokenBatch(Before(InputIds, placeholder), Before(AttentionMask, 1), Before(TokenTypeIds, 0), HasPadding, HasSecondSegment, LargestId)
        {
            Prompt = prompt,
        };

        Tensor Before(Tensor tensor, long value) => cat([full(new[] { BatchSize, count }, value, dtype: int64, device: tensor.device), tensor], 1);
    }

    /// <summary>The same texts, whose positions begin with another than 0; the tensors stay this batch's.</summary>
    internal TokenBatch FromPosition(long first) => new(InputIds, AttentionMask, TokenTypeIds, HasPadding, HasSecondSegment, LargestId) { FirstPosition = first };

    /// <summary>Frees the three tensors.</summary>
    public void Dispose()
    {
        InputIds.Dispose();
        AttentionMask.Dispose();
        TokenTypeIds.Dispose();
    }

    private static void CheckShape(Tensor? given, Tensor inputIds, string name)
    {
        if (given is not null && !given.shape.AsSpan().SequenceEqual(inputIds.shape))
            throw new ArgumentException($"{name} is [{string.Join(", ", given.shape)}], but the input ids are [{string.Join(", ", inputIds.shape)}].", name);
    }
}

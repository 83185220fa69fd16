using MLNetNlp.Transformers.Inputs;

namespace MLNetNlp.Transformers.Tests.Inputs;

[TestClass]
public sealed class TokenizedTextsTests
{
    [TestMethod]
    public void Texts_come_back_as_they_were_added()
    {
        var texts = new TokenizedTexts();
        texts.Ids.AddRange([2, 10, 3]);
        texts.Commit();
        texts.Ids.AddRange([2, 10, 3, 11, 3]);
        texts.Commit(firstLength: 3);
        Assert.AreEqual(2, texts.Count);
        CollectionAssert.AreEqual(new[] { 2, 10, 3 }, texts.IdsOf(0).ToArray());
        CollectionAssert.AreEqual(new[] { 2, 10, 3, 11, 3 }, texts.IdsOf(1).ToArray());
        Assert.AreEqual(3, texts.FirstLength(0));
        Assert.AreEqual(3, texts.FirstLength(1));
        texts.Clear();
        Assert.AreEqual(0, texts.Count);
    }

    [TestMethod]
    public void A_text_without_ids_is_refused() => Assert.ThrowsExactly<InvalidOperationException>(() => new TokenizedTexts().Commit());

    [TestMethod]
    public void A_first_sentence_longer_than_the_text_is_refused()
    {
        var texts = new TokenizedTexts();
        texts.Ids.Add(1);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => texts.Commit(2));
    }
}

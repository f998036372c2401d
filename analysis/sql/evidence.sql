-- One row per text and state text that were compared: what the model saw, and what it said.
-- text_no: text that is judged.
-- source_no: text of a state outlet or mirror.
-- verdict: verdict of this pair of texts.
-- form: verbatim, partial, paraphrase or translation.
-- probability: probability that the article was made from the state article.
-- shared_probability: probability that the two are one text, whoever had it first.
-- direction: state_first, local_first or unknown.
-- copied_words: words inside passages.
-- longest_words: equal words in the longest passage.
-- shared_share: share of the article's words that the state text accounts for.
-- state_share: share of the state text's words that are copied.
-- credit: the words of the credit.
-- credit_start: offset of the credited name in the text; null for a byline.
-- title_similarity: Jaro-Winkler similarity of the folded headlines.
-- origin: whose story it first was.
-- via_article_id: article through which it came.
-- rival_no: text of the best other explanation.
-- rival_share: share of the article's words that it accounts for.
-- shared_copied_narration: log of 1 + words copied word for word outside quotation marks.
-- shared_copied_share: share of the article's words outside quotation marks that are copied.
-- shared_copied_quoted: log of 1 + copied words inside quotation marks that nobody else quotes.
-- shared_retold_share: share of what the article says outside quotation marks that the story says too.
-- shared_retold_best: the same in its three best sentences.
-- shared_reverse_share: share of what the story says that the article says too.
-- shared_shared_numbers: share of the article's numbers that the story has too, shrunk when few or little is told.
-- shared_own_quotes: log of 1 + quoted words that the story does not have.
-- shared_own_names: log of 1 + names that the story does not have, in paragraphs that it tells in part.
-- shared_own_voice: log of 1 + sentences that tell of own reporting, and that the story does not tell.
-- shared_public_speech: square of the share of what the article has from the story that was said before everybody.
-- shared_known: root of the share of what the article has from the story that a witness with own reporting tells too.
-- shared_is_credited: the article credits the outlet of the story; less where it tells little of it: a credited quote.
-- rivalry_margin: log of words only the state story explains over words only the best rival explains; null without a rival.
-- rivalry_retold_margin: retold_share of the state story less that of the rival; null without a rival.
-- rivalry_number_margin: shared_numbers of the state story less that of the rival; null without a rival.
-- rivalry_credits_state: the article credits the state outlet; null without a rival.
-- rivalry_credits_rival: the article credits the rival, or an agency; null without a rival.
-- unseen_document: share of what the article has from the story that is a law, an address, a programme, a service; null without a sign of an uncollected text.
-- unseen_carriers: log of 1 + outlets that print the same words within the hour and nothing of the story beyond them; null as above.
-- unseen_soon: nearness in minutes, as far as the article is copied; null as above.
-- unseen_credited: the article credits the state outlet; null as above.
SELECT
    text_no,
    source_no,
    verdict,
    form,
    probability,
    shared_probability,
    direction,
    copied_words,
    longest_words,
    shared_share,
    state_share,
    credit,
    credit_start,
    title_similarity,
    origin,
    via_article_id,
    rival_no,
    rival_share,
    shared_copied_narration,
    shared_copied_share,
    shared_copied_quoted,
    shared_retold_share,
    shared_retold_best,
    shared_reverse_share,
    shared_shared_numbers,
    shared_own_quotes,
    shared_own_names,
    shared_own_voice,
    shared_public_speech,
    shared_known,
    shared_is_credited,
    rivalry_margin,
    rivalry_retold_margin,
    rivalry_number_margin,
    rivalry_credits_state,
    rivalry_credits_rival,
    unseen_document,
    unseen_carriers,
    unseen_soon,
    unseen_credited
FROM arriving
